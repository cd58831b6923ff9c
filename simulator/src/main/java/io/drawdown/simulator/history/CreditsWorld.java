package io.drawdown.simulator.history;

import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.GroupSettings;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.credits.DeltaReader;
import io.drawdown.simulator.credits.Gateway;
import io.drawdown.simulator.credits.Outcomes;
import io.drawdown.simulator.credits.Races;
import io.drawdown.simulator.owners.Owners;
import io.drawdown.simulator.sessions.Clients;
import io.drawdown.simulator.sessions.Reporters;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.invariants.DurationInvariants;
import io.drawdown.simulator.sessions.invariants.EndedHoldInvariants;
import io.drawdown.simulator.sessions.invariants.GatewayInvariants;
import io.drawdown.simulator.sessions.invariants.HopInvariants;
import io.drawdown.simulator.sessions.invariants.PauseInvariants;
import io.drawdown.simulator.sessions.invariants.ProofInvariants;
import io.drawdown.simulator.sessions.invariants.ReapInvariants;
import io.drawdown.simulator.sessions.invariants.ReleaseInvariants;
import io.drawdown.simulator.sessions.invariants.SessionInvariants;
import io.drawdown.simulator.sessions.invariants.StartInvariants;
import io.drawdown.simulator.workers.WorkersSide;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The services that sell sessions, their users, and the faults. */
final class CreditsWorld implements World {

    private static final List<String> ACCOUNTS = List.of("ada", "bob", "cyd");
    private static final long SECOND = 1_000_000_000;
    private static final long ROUND = 5 * SECOND;
    private static final int MOST_ROUNDS = 50;
    private static final long MINUTE = 60 * SECOND;

    /**
     * Minutes to wait for a time that a stepped clock stated: up to two hours by a clock that stepped the other way.
     */
    private static final int AFTER_CLOCK_STEPS = 125;

    private final SimulationContext context;
    final CreditsSide credits;
    final Gateway gateway;
    final Outcomes outcomes;
    final Races races;
    final SessionsSide sessions;
    final Clients clients;
    final Reporters reporters;
    final Owners owners;
    private final SessionInvariants truths;
    final Chaos chaos;
    final MessageFaults messages;
    private final WorkersSide workers;
    private final DeltaReader reader;
    private final Clock clock;

    CreditsWorld(long seed, boolean isTraced) {
        context = new SimulationContext(seed, isTraced);
        clock = new Clock(context);
        SplittableRandom random = context.random("terms");
        Broker broker = new Broker(context);
        CreditsSettings settings = HistorySettings.credits(random);
        GroupSettings groups = HistorySettings.groups(random);
        credits = new CreditsSide(context, broker, settings, groups);
        workers = new WorkersSide(context, broker, HistorySettings.checkpoints(random), groups);
        reader = new DeltaReader(context, broker, credits, groups);
        gateway = new Gateway(context, credits, ACCOUNTS);
        outcomes = new Outcomes(context, credits, gateway);
        races = new Races(context, credits, gateway);
        sessions = new SessionsSide(context, broker, credits, races, HistorySettings.sessions(random));
        clients = new Clients(context, sessions, ACCOUNTS);
        reporters = new Reporters(context, sessions, ACCOUNTS);
        owners = new Owners(context, broker, credits, ACCOUNTS);
        new EndedHoldInvariants(context, sessions, credits);
        truths = new SessionInvariants(context, sessions, credits.accounts());
        broker.whenPublished(truths::published);
        watchSessions(broker);
        chaos = new Chaos(
                context,
                List.of(credits.stores().database(), sessions.stores().database(), workers.database()),
                Duration.ofHours(1));
        messages = new MessageFaults(context, broker);
        credits.start();
        sessions.start();
        workers.start();
        reader.start();
        pass(SECOND / 5);
        gateway.openMost(random);
    }

    private void watchSessions(Broker broker) {
        new ProofInvariants(context.findings, sessions, credits.statements());
        new DurationInvariants(context.findings, sessions);
        new PauseInvariants(context, sessions, credits.accounts());
        new ReleaseInvariants(context, sessions);
        new StartInvariants(context, sessions, credits.accounts());
        new GatewayInvariants(context, sessions);
        new HopInvariants(context, sessions, credits.accounts(), credits.statements());
        ReapInvariants reaps = new ReapInvariants(context, sessions, credits.statements());
        broker.whenPublished(reaps::published);
    }

    /** Stops a process gracefully, as an orchestrator does. */
    void stopGracefully(RandomGenerator random) {
        if (random.nextBoolean()) {
            sessions.any(random).stopGracefully();
        } else {
            credits.any(random).stopGracefully();
        }
    }

    /** The owner of a session stands still while its end is asked for at whoever answers. */
    void endUnanswered(RandomGenerator random) {
        sessions.any(random).freeze(SECOND + random.nextLong(9 * SECOND));
        clients.endByRest(random);
    }

    private boolean isAtRest() {
        return sessions.isAtRest() && owners.isAtRest() && credits.isAtRest() && messages.areAtRest();
    }

    @Override
    public SimulationContext context() {
        return context;
    }

    @Override
    public void pass(long nanos) {
        clock.pass(nanos);
        truths.nobodyIsServedTooLong();
    }

    @Override
    public void comeToRest() {
        context.heal();
        clients.leave();
        reporters.leave();
        owners.leave();
        pass(20 * SECOND);
        for (int round = 0; round < MOST_ROUNDS && !isAtRest(); round++) {
            pass(ROUND);
        }
        for (int round = 0; round < AFTER_CLOCK_STEPS && chaos.hasSteppedClocks() && !isAtRest(); round++) {
            context.counts.count("waited for clocks");
            pass(MINUTE);
        }
        credits.accounts().checkAtRest();
        sessions.checkAtRest();
        owners.checkAtRest();
        truths.checkAtRest();
        gateway.checksWereClean();
        gateway.denialsWereTrue();
        messages.checkAtRest();
        reader.checkAtRest();
    }
}
