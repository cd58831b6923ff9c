package io.drawdown.simulator.sessions;

import io.drawdown.contracts.SessionControl;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.socket.Authenticator;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.SessionsPorts;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.UnpublishedEvents;
import io.drawdown.simulator.leases.LeaseInvariants;
import io.drawdown.simulator.leases.SimulatedIncarnations;
import io.drawdown.simulator.sessions.stores.AccountEventReader;
import io.drawdown.simulator.sessions.stores.SessionsStores;
import io.drawdown.simulator.sessions.stores.SimulatedHeartbeats;
import io.drawdown.simulator.sessions.stores.SimulatedSessions;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The host of one instance of session-service. One process is the current one. An orchestrator that thinks it dead, or
 * rolls out an update, starts the next process while the former one still lives for a while.
 */
public final class SessionsHost extends Host {

    private static final long SECOND = 1_000_000_000;
    private static final int MOST_AT_ONCE = 3;

    private final SessionsStores stores;
    private final SessionsSettings settings;
    private final Broker broker;
    private final CreditsOverHttp.Place credits;
    private final ServedSpans served;
    private final LeaseInvariants leases;
    private final List<Watcher> watchers;
    private final List<SessionsProcess> running = new ArrayList<>();
    private boolean fencesLate;

    SessionsHost(
            SessionsSide side,
            SimulationContext context,
            Broker broker,
            CreditsOverHttp.Place credits,
            SessionsSettings settings) {
        super(context, "sessions-" + settings.instance(), side.stores().database());
        this.stores = side.stores();
        this.settings = settings;
        this.broker = broker;
        this.credits = credits;
        this.served = side.served();
        this.leases = side.leases();
        this.watchers = side.watchers();
        broker.whenPublished((topic, event) -> {
            if (topic.equals(Topic.CREDITS_ACCOUNT)) {
                running().forEach(each -> each.events().poll());
            } else if (topic.equals(Topic.SESSION_CONTROL)) {
                SessionControl told = Json.read(event.data(), SessionControl.class);
                running().forEach(each -> each.told(told));
            }
        });
    }

    @Override
    protected void run(Process fresh) {
        if (fresh != process()) {
            fresh.kill();
            return;
        }
        UnpublishedEvents owed = new UnpublishedEvents(broker, context.findings, fresh.name());
        SessionsPorts ports = new SessionsPorts(
                new SimulatedSessions(
                        context.link("sessions", fresh),
                        stores.database(),
                        stores.sessions(),
                        context.counts,
                        document -> document.outbox().events().forEach(event -> owed.add(event.id()))),
                incarnations(fresh),
                new CreditsOverHttp(
                        context.link("credits", fresh),
                        credits,
                        context.random(fresh.name() + " balancer"),
                        context.timeline,
                        watchers),
                new SimulatedHeartbeats(context.link("heartbeats", fresh), broker),
                broker.publisher(context.link("broker", fresh)),
                authenticator(fresh),
                served.of(fresh),
                tokens(fresh));
        SessionsCore core = new SessionsCore(ports, settings, time(), fresh, context.random(fresh.name()));
        Link events = context.link("account events", fresh);
        running.add(new SessionsProcess(
                context,
                fresh,
                core,
                new AccountEventReader(context, broker, events, core),
                context.link("control", fresh),
                owed));
        core.start().subscribe().with(leased -> context.trace.say(fresh.name(), () -> "takes sessions"));
    }

    private IncarnationStore incarnations(Process fresh) {
        Link fencing = context.link("fencing", fresh);
        if (fencesLate) {
            fencing.order(CallFault.LATE);
            fencesLate = false;
        }
        return new SimulatedIncarnations(context.link("leases", fresh), fencing, stores.leases(), leases);
    }

    private static Supplier<String> tokens(Process process) {
        int[] given = {0};
        return () -> "token " + ++given[0] + " of " + process.name();
    }

    private static Authenticator authenticator(Process process) {
        return token -> process.pause(Tokens.TIME_TO_VERIFY).map(passed -> Tokens.verify(token));
    }

    @Override
    protected void stopped() {
        running.removeIf(each -> !each.process().isAlive());
    }

    @Override
    public void heal() {
        super.heal();
        running().forEach(each -> {
            if (each.process().isFrozen()) {
                each.process().wake();
            }
            each.events().heal();
        });
    }

    /** All living processes, the current one last. */
    public List<SessionsProcess> running() {
        running.removeIf(each -> !each.process().isAlive());
        return List.copyOf(running);
    }

    /** The current process, if it is ready. */
    @Nullable
    SessionsProcess current() {
        List<SessionsProcess> all = running();
        return all.isEmpty() || all.getLast().process() != process() ? null : all.getLast();
    }

    /** The process that a new connection to this instance reaches: mostly the current one. */
    @Nullable
    SessionsProcess any(RandomGenerator random) {
        List<SessionsProcess> all = running();
        if (all.isEmpty()) {
            return null;
        }
        return random.nextInt(4) == 0 ? all.get(random.nextInt(all.size())) : all.getLast();
    }

    /** The current process sleeps, is thought dead and replaced, and wakes beside its successor. */
    public void replaceSleeper(RandomGenerator random) {
        Process sleeper = process();
        if (sleeper.isAlive() && !sleeper.isFrozen() && running().size() < MOST_AT_ONCE) {
            long sleep = SECOND + random.nextLong(20 * SECOND);
            freeze(sleep);
            context.trace.say(sleeper.name(), () -> "sleeps for " + sleep / 1_000_000 + " ms and is replaced");
            replace(
                    sleeper,
                    SECOND / 2 + random.nextLong(10 * SECOND),
                    sleep + 5 * SECOND + random.nextLong(25 * SECOND));
        }
    }

    /** The current process loses some of its links, is thought dead and replaced, and lives on; it may be fenced late. */
    public void replaceWhileCutOff(RandomGenerator random) {
        Process owner = process();
        if (owner.isAlive() && running().size() < MOST_AT_ONCE) {
            long outage = 2 * SECOND + random.nextLong(random.nextInt(3) == 0 ? 28 * SECOND : 8 * SECOND);
            for (Link link : context.links()) {
                if (link.caller() == owner && random.nextInt(3) > 0) {
                    cutOff(link, outage);
                }
            }
            fencesLate = random.nextBoolean();
            replace(owner, random.nextLong(10 * SECOND), 10 * SECOND + random.nextLong(30 * SECOND));
        }
    }

    private void cutOff(Link link, long nanos) {
        link.down(true);
        context.timeline.after(nanos, () -> link.down(false));
        context.trace.say("chaos", () -> link.name() + " is cut off for " + nanos / 1_000_000 + " ms");
    }

    private void replace(Process former, long afterNanos, long deathNanos) {
        context.timeline.after(afterNanos, () -> {
            if (former == process() && former.isAlive()) {
                context.counts.count("process replaced alive");
                start();
            }
        });
        context.timeline.after(Math.max(deathNanos, afterNanos), () -> {
            if (former != process()) {
                former.kill();
            }
        });
    }

    /** All processes die, and the next one starts after longer than a lease and a grace period. */
    public void loseMachine(RandomGenerator random) {
        long gone = 15 * SECOND + random.nextLong(45 * SECOND);
        context.trace.say("chaos", () -> name() + " is lost for " + gone / 1_000_000 + " ms");
        lose(gone);
        running().forEach(each -> each.process().kill());
    }

    /** The database of sessions cannot be reached from here for long, so the lease stands still; all else can. */
    public void loseDatabase(RandomGenerator random) {
        long outage = 5 * SECOND + random.nextLong(40 * SECOND);
        cutOff(outage, List.of("to sessions", "to leases", "to fencing"));
    }

    /** The broker cannot be reached from here for long: nothing of it is heard, and nothing can be read. */
    void loseBroker(long nanos) {
        cutOff(nanos, List.of("to broker", "to heartbeats", "to account events"));
    }

    private void cutOff(long nanos, List<String> others) {
        for (Link link : context.links()) {
            if (link.caller() == process() && others.stream().anyMatch(link.name()::endsWith)) {
                cutOff(link, nanos);
            }
        }
    }

    /** credits-service cannot be reached from here for a long time. */
    public void loseCredits(RandomGenerator random) {
        long outage = random.nextInt(3) == 0
                ? 25 * SECOND + random.nextLong(40 * SECOND)
                : SECOND + random.nextLong(10 * SECOND);
        cutOff(outage, List.of("to credits"));
    }

    /** Some account events do not reach the current process. */
    public void loseEvents(RandomGenerator random) {
        SessionsProcess present = current();
        if (present != null) {
            present.events().lose(1 + random.nextInt(8));
        }
    }

    /** Account events reach the current process late. */
    public void delayEvents(RandomGenerator random) {
        SessionsProcess present = current();
        if (present != null) {
            present.events().delay(SECOND / 5 + random.nextLong(20 * SECOND));
        }
    }

    /** Stops the current process as an orchestrator does: with a signal, and time to end. */
    public void stopGracefully() {
        SessionsProcess present = current();
        if (present != null) {
            present.stopGracefully(10 * SECOND, 12 * SECOND);
        }
    }
}
