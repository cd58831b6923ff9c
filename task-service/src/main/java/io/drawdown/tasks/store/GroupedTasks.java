package io.drawdown.tasks.store;

import io.drawdown.kit.store.GuardedStore;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The tasks' documents one by one, written in groups. */
public final class GroupedTasks implements GuardedStore<TaskDocument> {

    private final TaskStore store;
    private final GroupedCalls<TaskDocument, Boolean> inserts;
    private final GroupedCalls<TaskDocument, Boolean> replacements;

    public GroupedTasks(TaskStore store, GroupLimits limits) {
        this.store = store;
        this.inserts = new GroupedCalls<>(store::insertAll, TaskDocument::id, TaskDocument::bytes, limits);
        this.replacements = new GroupedCalls<>(this::replaceAll, TaskDocument::id, TaskDocument::bytes, limits);
    }

    private Uni<List<Boolean>> replaceAll(List<TaskDocument> next) {
        return store.replaceAll(next)
                .map(won -> next.stream().map(task -> won.contains(task.id())).toList());
    }

    @Override
    public Uni<Optional<TaskDocument>> get(String id) {
        return store.get(id);
    }

    /** The task that holds this unique key. */
    public Uni<Optional<TaskDocument>> holderOf(String uniqueHash) {
        return store.holderOf(uniqueHash);
    }

    /** Whether an insert would fail at once. */
    public boolean isAway() {
        return inserts.isAway();
    }

    @Override
    public Uni<Boolean> insert(TaskDocument document) {
        return inserts.add(document);
    }

    @Override
    public Uni<Boolean> replace(TaskDocument before, TaskDocument next) {
        return replacements.add(next);
    }
}
