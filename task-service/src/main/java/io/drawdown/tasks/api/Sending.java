package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.bulk.BulkActionHandler;
import io.drawdown.tasks.enqueue.Enqueued;
import io.drawdown.tasks.enqueue.NewTask;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hands a task over to the core. */
@Singleton
public final class Sending {

    private final TasksCore core;
    private final NewTasks newTasks;

    Sending(TasksCore core, NewTasks newTasks) {
        this.core = core;
        this.newTasks = newTasks;
    }

    /**
     * Subscribe to the answer on the core's thread. It fails with a {@link ProblemException} if the task is refused.
     *
     * @param item its place in a batch; 0 for a single one
     * @throws ProblemException if it cannot be a task
     */
    public Uni<Sent> send(TaskRequest wanted, NewTasks.Request request, int item) {
        if (wanted.type().equals(BulkActionHandler.TYPE)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "a task of this type is sent by POST " + TasksResource.ACTIONS);
        }
        return accept(wanted, request, item);
    }

    /** The same for a task of a type that clients cannot send. */
    public Uni<Sent> sendOwn(TaskRequest wanted, NewTasks.Request request) {
        return accept(wanted, request, 0);
    }

    private Uni<Sent> accept(TaskRequest wanted, NewTasks.Request request, int item) {
        NewTask task = newTasks.of(wanted, request, item);
        return Uni.createFrom()
                .deferred(() -> enqueue(task, request.at()))
                .map(outcome -> Sent.of(outcome, request.caller()));
    }

    /** A task whose deadline has passed is none; but it may have been sent in time, by an earlier request with the same key. */
    private Uni<Enqueued> enqueue(NewTask task, Instant now) {
        @Nullable Instant expiresAt = task.spec().expiresAt();
        if (expiresAt == null || expiresAt.isAfter(now)) {
            return core.enqueue(task);
        }
        return task.id() == null
                ? Uni.createFrom().failure(expired())
                : core.read(task.id())
                        .chain(found -> found.isPresent()
                                ? core.enqueue(task)
                                : Uni.createFrom().failure(expired()));
    }

    private static ProblemException expired() {
        return new ProblemException(ProblemType.INVALID_REQUEST, "expires_at has passed");
    }
}
