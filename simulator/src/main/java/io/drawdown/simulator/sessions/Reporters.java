package io.drawdown.simulator.sessions;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.gateway.Reply;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** All gateways without a socket. */
public final class Reporters {

    private static final long SECOND = 1_000_000_000;
    private static final int MOST_REMEMBERED = 12;

    private final SimulationContext context;
    private final SessionsSide side;
    private final List<String> accounts;
    private final Link rest;
    private final List<Reporter> reporters = new ArrayList<>();

    public Reporters(SimulationContext context, SessionsSide side, List<String> accounts) {
        this.context = context;
        this.side = side;
        this.accounts = accounts;
        rest = context.link("sessions", new Process("gateways", context.timeline));
    }

    public void start(RandomGenerator random) {
        fresh(random).start();
    }

    /** Its start again: at once or later, for the same session or another one. */
    public void startAgain(RandomGenerator random) {
        Reporter one = random.nextInt(3) == 0 || reporters.isEmpty()
                ? fresh(random)
                : reporters.get(random.nextInt(reporters.size()));
        one.start();
        one.start(kind(random));
    }

    public void stateAtOnce(RandomGenerator random) {
        serving(random).state(2 + random.nextInt(2));
    }

    public void stateOld(RandomGenerator random) {
        serving(random).stateOld();
    }

    public void pauseOrGoOn(RandomGenerator random) {
        serving(random).pauseOrGoOn();
    }

    public void end(RandomGenerator random) {
        serving(random).end();
    }

    public void keepSilent(RandomGenerator random) {
        serving(random).keepSilent(20 * SECOND + random.nextLong(random.nextBoolean() ? 20 * SECOND : 90 * SECOND));
    }

    /** All gateways leave. */
    public void leave() {
        reporters.forEach(Reporter::leave);
    }

    /** One that serves, or a new one. */
    private Reporter serving(RandomGenerator random) {
        List<Reporter> serving = reporters.stream().filter(Reporter::isServing).toList();
        if (!serving.isEmpty()) {
            return serving.get(random.nextInt(serving.size()));
        }
        Reporter fresh = fresh(random);
        fresh.start();
        return fresh;
    }

    private Reporter fresh(RandomGenerator random) {
        if (reporters.size() == MOST_REMEMBERED) {
            reporters.removeFirst().leave();
        }
        Reporter fresh = new Reporter(
                context,
                this,
                accounts.get(random.nextInt(accounts.size())),
                kind(random),
                "gateway-" + Long.toHexString(random.nextLong()),
                new SplittableRandom(random.nextLong()));
        reporters.add(fresh);
        return fresh;
    }

    private static String kind(RandomGenerator random) {
        return random.nextInt(3) == 0 ? "subtitles" : "dubbing";
    }

    // ---- between a gateway and an instance ----

    void stated(String session, long usedMillis) {
        side.watchers().forEach(watcher -> watcher.stated(session, usedMillis));
    }

    /** The gateway has heard that its total counts. */
    void acknowledged(Reported reported, String session, long usedMillis) {
        context.findings.expect(
                reported.usedMillis() >= usedMillis,
                "an answer to a gateway shows at least the total that was stated",
                () -> session + " at " + usedMillis + " ms: " + reported);
        side.watchers().forEach(watcher -> watcher.acknowledged(session, usedMillis));
    }

    void ask(
            String what, RandomGenerator random, Function<SessionsCore, Uni<Reply>> question, Consumer<Reply> hearing) {
        SessionsProcess server = side.reach(random);
        if (server == null) {
            context.counts.count("connection refused");
            return;
        }
        context.trace.say("gateway", () -> what + ", to " + server.process().name());
        rest.<Reply>write((callFault, back) -> server.serve(question, back))
                .subscribe()
                .with(
                        reply -> {
                            context.trace.say("gateway", () -> "hears: " + what + " → " + reply);
                            context.counts.count(
                                    "gateway hears " + reply.getClass().getSimpleName());
                            hearing.accept(reply);
                        },
                        fault -> failed(what, fault));
    }

    private void failed(String what, Throwable fault) {
        context.trace.say("gateway", () -> "hears: " + what + " → " + fault);
        boolean isUnknown = fault instanceof OutcomeUnknown;
        context.counts.count("problem " + (isUnknown ? ProblemType.OUTCOME_UNKNOWN : ProblemType.UNAVAILABLE));
        context.findings.expect(
                fault instanceof Unavailable || fault instanceof OutcomeUnknown,
                "a call fails only because something is away",
                fault::toString);
    }
}
