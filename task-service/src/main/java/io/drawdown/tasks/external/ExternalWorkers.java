package io.drawdown.tasks.external;

import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.store.OrderKeyStore;
import io.drawdown.tasks.store.TaskOutbox;
import io.drawdown.tasks.task.StateChange;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The workers that live elsewhere. They lease tasks, say that they still live, and say how it ended; whoever is silent for too
 * long counts as dead. Any instance does all of this, with a lease of its own or without.
 */
public final class ExternalWorkers {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final LeasePolls polls;
    private final LeasedRuns runs;
    private final LapsedLeases lapsed;
    private final PeriodicTask rounds;

    /**
     * @param counters count the requests under a key
     * @param changes counts the leases
     */
    public ExternalWorkers(
            RunPorts ports,
            OrderKeyStore counters,
            Claims claims,
            Hints hints,
            TaskOutbox outbox,
            Consumer<StateChange> changes) {
        LeaseWrites writes = new LeaseWrites(ports, outbox, changes);
        this.polls = new LeasePolls(ports, claims, new FirstRequests(counters), writes);
        this.runs = new LeasedRuns(ports, claims, hints);
        this.lapsed = new LapsedLeases(ports, claims);
        this.rounds = PeriodicTask.of("sweep of leases", ports.scheduler(), INTERVAL, this::round);
        claims.whenElsewhere(polls::hint);
    }

    public void start() {
        rounds.startNow();
    }

    /** No worker gets a task any more; what they say of those that they have still counts. */
    public void stopLeasing() {
        polls.stop();
    }

    /** Whether no lease is being written. */
    public boolean isIdle() {
        return polls.isIdle();
    }

    public void stop() {
        rounds.stop();
    }

    private Uni<Void> round() {
        polls.sweep();
        return lapsed.take();
    }

    /**
     * Leases tasks. A repeat of a request with a key leases none: it is answered those leases of the request that are not over.
     * Fails with {@code Unavailable} if nothing was leased, or with {@code OutcomeUnknown}: then there may be leases, which only a
     * repeat with the same key finds.
     */
    public Uni<Leased> lease(LeaseRequest request) {
        return polls.ask(request);
    }

    /** Nobody waits for the answer to that very request any more. */
    public void withdraw(LeaseRequest request) {
        polls.withdraw(request);
    }

    /** What workers say of their runs. */
    public LeasedRuns runs() {
        return runs;
    }
}
