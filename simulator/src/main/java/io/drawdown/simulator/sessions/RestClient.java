package io.drawdown.simulator.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.protocol.PauseWish;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What gateways and operators ask of session-service over HTTP. */
final class RestClient {

    private final SimulationContext context;
    private final SessionsSide side;
    private final Link link;

    RestClient(SimulationContext context, SessionsSide side) {
        this.context = context;
        this.side = side;
        this.link = context.link("sessions", new Process("clients", context.timeline));
    }

    void end(String session, RandomGenerator random) {
        ask(
                "ends " + session,
                random,
                core -> core.end(session, EndReason.USER, null),
                asked -> found -> found.ifPresent(view -> shown(view, asked)));
    }

    void endAll(String account, RandomGenerator random) {
        OpenSessions all = new OpenSessions(account, null, null, null);
        ask("ends all of " + account, random, core -> core.requests().endPage(all, null), asked -> page -> {});
    }

    void pause(String session, PauseWish wish, RandomGenerator random) {
        ask(
                wish + " of " + session,
                random,
                core -> core.requests().pause(session, wish),
                asked -> found -> found.ifPresent(view -> shown(view, asked)));
    }

    void read(String session, RandomGenerator random) {
        ask(
                "reads " + session,
                random,
                core -> core.read(session),
                asked -> found -> found.ifPresent(view -> shown(view, asked)));
    }

    void list(@Nullable String account, RandomGenerator random) {
        ask(
                "lists the sessions of " + account,
                random,
                core -> core.list(account, null, 20),
                asked -> found -> found.forEach(view -> shown(view, asked)));
    }

    private void shown(SessionView view, long asked) {
        side.watchers().forEach(watcher -> watcher.shown(view, asked, context.timeline.nanos()));
    }

    /** Handles an answer, knowing when it was asked for. */
    private interface Hearing<T> {
        Consumer<T> since(long askedNanos);
    }

    private <T> void ask(
            String what, RandomGenerator random, Function<SessionsCore, Uni<T>> question, Hearing<T> hearing) {
        SessionsProcess server = side.reach(random);
        long asked = context.timeline.nanos();
        if (server == null) {
            context.counts.count("connection refused");
            return;
        }
        context.trace.say("rest", () -> what + ", by " + server.process().name());
        Uni<T> answer = link.write((callFault, back) -> server.serve(question, back));
        answer.subscribe()
                .with(
                        item -> {
                            context.trace.say("rest", () -> "hears: " + what + " → " + item);
                            hearing.since(asked).accept(item);
                        },
                        fault -> failed(what, fault));
    }

    private void failed(String what, Throwable fault) {
        context.trace.say("rest", () -> "hears: " + what + " → " + fault);
        boolean isUnknown = fault instanceof OutcomeUnknown;
        context.counts.count("problem " + (isUnknown ? ProblemType.OUTCOME_UNKNOWN : ProblemType.UNAVAILABLE));
        context.findings.expect(
                fault instanceof Unavailable || fault instanceof OutcomeUnknown,
                "a call fails only because something is away",
                fault::toString);
    }
}
