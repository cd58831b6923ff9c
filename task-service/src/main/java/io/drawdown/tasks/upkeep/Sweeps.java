package io.drawdown.tasks.upkeep;

import io.drawdown.kit.store.GuardedWrites.Rule;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.tasks.run.ActiveRuns;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.LeaseValidity;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Waiting;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for again and again, because the hint of it may be lost: tasks that wait, wishes to cancel what runs here,
 * deadlines that have passed. And, when it is told to, what has been kept for long enough.
 */
public final class Sweeps {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int PAGE = 256;

    private final RunPorts ports;
    private final Claims claims;
    private final ActiveRuns runs;
    private final LeaseValidity validity;
    private final Consumer<StateChange> changes;
    private final PeriodicTask rounds;

    /** @param changes counts what is removed */
    public Sweeps(
            RunPorts ports, Claims claims, ActiveRuns runs, LeaseValidity validity, Consumer<StateChange> changes) {
        this.ports = ports;
        this.claims = claims;
        this.runs = runs;
        this.validity = validity;
        this.changes = changes;
        this.rounds = PeriodicTask.of("sweep", ports.scheduler(), INTERVAL, this::round);
    }

    public void start() {
        rounds.startNow();
    }

    public void stop() {
        rounds.stop();
    }

    private Uni<Void> round() {
        claims.sweep();
        return runs.occupied() == 0 ? expire() : stopCancelled().chain(this::expire);
    }

    /** Stops what runs here and someone wants to be cancelled. */
    public Uni<Void> stopCancelled() {
        return ports.store()
                .cancelAsked(validity.incarnation(), PAGE)
                .invoke(asked -> asked.forEach(runs::cancel))
                .replaceWithVoid();
    }

    private Uni<Void> expire() {
        Instant now = ports.time().now();
        return ports.store().expiredBefore(now, PAGE).chain(ids -> change(ids, this::expired));
    }

    private @Nullable TaskDocument expired(TaskDocument found, Instant now) {
        boolean isExpired = found.state() instanceof Waiting waiting
                && waiting.expiresAt() != null
                && !waiting.expiresAt().isAfter(now);
        return isExpired
                ? Ends.expire(found, ports.types().policyOf(found.spec().type()), now)
                : null;
    }

    /**
     * Lets go one page of results, and one page of records, that have been kept for long enough.
     *
     * @return whether there may be more
     */
    public Uni<Boolean> removeOld() {
        Instant now = ports.time().now();
        return ports.store()
                .resultsBefore(now, PAGE)
                .chain(ids -> change(ids, Sweeps::withoutResult).replaceWith(ids.size()))
                .chain(results -> ports.store()
                        .removeBefore(now, PAGE)
                        .invoke(this::removed)
                        .map(records -> results == PAGE || records.size() == PAGE));
    }

    private void removed(List<Standing> records) {
        records.forEach(record -> changes.accept(StateChange.removed(record)));
    }

    private static @Nullable TaskDocument withoutResult(TaskDocument found, Instant now) {
        boolean isOld = found.state() instanceof Completed completed
                && completed.resultUntil() != null
                && !completed.resultUntil().isAfter(now);
        return isOld ? Ends.dropResult(found) : null;
    }

    private Uni<Void> change(List<String> ids, Rule<TaskDocument> rule) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : ports.store()
                        .getAll(ids)
                        .chain(found -> changeAll(found, task -> ports.writes().change(task, rule)));
    }

    private static Uni<Void> changeAll(List<TaskDocument> found, Function<TaskDocument, Uni<TaskDocument>> change) {
        return found.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(found.stream().map(change).toList())
                        .andCollectFailures()
                        .replaceWithVoid();
    }
}
