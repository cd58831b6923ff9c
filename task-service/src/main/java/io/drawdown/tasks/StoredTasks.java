package io.drawdown.tasks;

import io.drawdown.tasks.live.LiveReads;
import io.drawdown.tasks.store.TaskPages;
import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The stored tasks, for those who watch them. */
@Singleton
final class StoredTasks {

    private final TaskStore store;
    private final TaskPages pages;

    StoredTasks(TaskStore store, TaskPages pages) {
        this.store = store;
        this.pages = pages;
    }

    LiveReads answeringOn(Executor thread) {
        return new LiveReads() {
            @Override
            public Uni<Optional<TaskDocument>> task(String id) {
                return store.get(id).emitOn(thread);
            }

            @Override
            public Uni<List<TaskDocument>> tasks(Collection<String> ids) {
                return store.getAll(ids).emitOn(thread);
            }

            @Override
            public Uni<List<TaskDocument>> page(Query query) {
                return pages.page(query).emitOn(thread);
            }
        };
    }
}
