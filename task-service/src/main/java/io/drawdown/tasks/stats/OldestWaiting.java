package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.task.TaskState.Pending;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Since when tasks wait for a worker: the first task of each of the first {@value #MOST_TENANTS} tenants of each lane in which
 * tasks wait, found by the index of claims. So it costs as many reads however many tasks wait.
 */
final class OldestWaiting {

    private static final int MOST_TENANTS = 8;

    private final TaskStore tasks;
    private Map<String, Instant> oldest = Map.of();

    OldestWaiting(TaskStore tasks) {
        this.tasks = tasks;
    }

    Map<String, Instant> byType() {
        return oldest;
    }

    Uni<Void> look(Depths depths) {
        Map<String, Instant> found = new HashMap<>();
        List<StateCount> lanes = depths.states().stream()
                .filter(each -> each.state() == TaskState.Name.PENDING)
                .toList();
        return Multi.createFrom()
                .iterable(lanes)
                .onItem()
                .transformToUniAndConcatenate(each -> look(each.type(), each.lane(), "", 0, found))
                .collect()
                .asList()
                .invoke(() -> oldest = Map.copyOf(found))
                .replaceWithVoid();
    }

    private Uni<Boolean> look(String type, Lane lane, String after, int tenants, Map<String, Instant> found) {
        return tenants == MOST_TENANTS
                ? Uni.createFrom().item(true)
                : tasks.nextTenant(type, lane, after)
                        .chain(tenant -> tenant.isEmpty()
                                ? Uni.createFrom().item(true)
                                : first(type, lane, tenant.get(), found)
                                        .chain(() -> look(type, lane, tenant.get(), tenants + 1, found)));
    }

    private Uni<Void> first(String type, Lane lane, String tenant, Map<String, Instant> found) {
        return tasks.ready(type, lane, tenant, 1)
                .invoke(first -> first.stream()
                        .map(OldestWaiting::since)
                        .flatMap(Optional::stream)
                        .forEach(since -> found.merge(type, since, (one, other) -> one.isBefore(other) ? one : other)))
                .replaceWithVoid();
    }

    private static Optional<Instant> since(TaskDocument task) {
        return task.state() instanceof Pending pending && pending.ready() != null
                ? Optional.of(Objects.requireNonNull(pending.ready()).at())
                : Optional.empty();
    }
}
