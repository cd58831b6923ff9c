package io.drawdown.tasks.run;

import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.store.TaskStore.OwnedTask;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an incarnation owns in the store and does not work on. Only what was neither running nor under way at any time since the
 * read began is such a task.
 */
final class Strays {

    private static final int PAGE = 256;

    private final TaskStore store;
    private final Occupied occupied;
    private final Consumer<TaskDocument> start;

    Strays(TaskStore store, Occupied occupied, Consumer<TaskDocument> start) {
        this.store = store;
        this.occupied = occupied;
        this.start = start;
    }

    /** Finds them all and starts them. */
    Uni<Void> start(String incarnation) {
        Set<String> busy = occupied.observe();
        return reconcile(incarnation, "", busy).onTermination().invoke(() -> occupied.close(busy));
    }

    private Uni<Void> reconcile(String incarnation, String afterId, Set<String> busy) {
        return store.ownedBy(List.of(incarnation), afterId, PAGE).chain(page -> {
            List<String> strays = page.stream()
                    .map(OwnedTask::id)
                    .filter(id -> !busy.contains(id))
                    .toList();
            Uni<Void> started = strays.isEmpty() ? Uni.createFrom().voidItem() : startAll(incarnation, strays, busy);
            return page.size() < PAGE
                    ? started
                    : started.chain(() -> reconcile(incarnation, page.getLast().id(), busy));
        });
    }

    /** Each is read once more: the list may be old. */
    private Uni<Void> startAll(String incarnation, List<String> ids, Set<String> busy) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(store::get)
                .invoke(found ->
                        found.filter(task -> isStray(task, incarnation, busy)).ifPresent(start))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static boolean isStray(TaskDocument task, String incarnation, Set<String> busy) {
        return task.isRun(incarnation, task.counters().fence()) && !busy.contains(task.id());
    }
}
