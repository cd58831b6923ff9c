package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.control.TaskControl;
import io.drawdown.tasks.control.TaskControl.Replay;
import io.drawdown.tasks.enqueue.TaskIds;
import io.drawdown.tasks.live.TaskWaits.Wanted;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One task: how it is read, and what people and programs may do to it. */
@Path(TasksResource.TASKS)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = TasksResource.TAG, description = TasksResource.ABOUT)
@Problems({ProblemType.TASK_NOT_FOUND})
public final class TaskResource {

    private static final String WAIT = "([0-9]|[12][0-9]|30)s";

    private final TasksCore core;
    private final CoreLoop loop;
    private final LiveService live;
    private final Time time;
    private final SecurityIdentity identity;

    TaskResource(TasksCore core, CoreLoop loop, LiveService live, Time time, SecurityIdentity identity) {
        this.core = core;
        this.loop = loop;
        this.live = live;
        this.time = time;
        this.identity = identity;
    }

    /** What a task that waits is to have instead. */
    public record Move(@Nullable Lane lane, @Nullable Instant runAt) {}

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getTask",
            summary = "Reads one task with all that became of it",
            description =
                    "With `wait` the answer comes after the next step of the task, or after that time; at once if the task is"
                            + " over, or its `seq` is greater than `seen`. Progress alone is no step.")
    @Problems({ProblemType.RATE_LIMITED})
    public Uni<TaskView> read(
            @PathParam("id") @Pattern(regexp = TaskIds.FORM) String id,
            @QueryParam("wait") @Nullable @Pattern(regexp = WAIT) String wait,
            @QueryParam("seen") @Nullable @Min(0) Long seen) {
        return wait == null
                ? find(id).map(TaskView::of)
                : next(id, seen, Duration.parse("PT" + wait)).map(TaskView::of);
    }

    private Uni<TaskDocument> next(String id, @Nullable Long seen, Duration patience) {
        Caller caller = Caller.of(identity);
        Wanted wanted = new Wanted(id, Visible.account(caller), seen, patience);
        return live.loop().callWhileWanted(() -> live.next(wanted)).map(found -> Visible.task(found, caller));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(
            operationId = "cancelTask",
            summary = "Cancels a task",
            description =
                    "One that waits is cancelled at once. Of one that runs the worker is told, and `cancel_asked` shows"
                            + " that; it may still complete. One that is over stays as it is.")
    public Uni<TaskView> cancel(@PathParam("id") @Pattern(regexp = TaskIds.FORM) String id) {
        return tell(id, control -> control.cancel(id));
    }

    @POST
    @Path("{id}/retry")
    @Operation(
            operationId = "retryTask",
            summary = "Begins the next life of a task that is dead, failed or cancelled",
            description = "All its attempts are before it again, and its unique key is its own again.")
    @Problems({ProblemType.TASK_NOT_OVER, ProblemType.UNIQUE_KEY_HELD})
    public Uni<TaskView> retry(@PathParam("id") @Pattern(regexp = TaskIds.FORM) String id) {
        Caller caller = Caller.of(identity);
        return find(id).chain(() -> loop.call(() -> core.control().replay(id)))
                .map(replay -> TaskView.of(begun(replay, caller)));
    }

    private static TaskDocument begun(Replay replay, Caller caller) {
        return switch (replay) {
            case Replay.Begun(TaskDocument task) -> task;
            case Replay.NotOver(TaskDocument task) ->
                throw new ProblemException(
                        ProblemType.TASK_NOT_OVER,
                        "the task is " + task.state().name().word());
            case Replay.KeyHeld(TaskDocument holder) ->
                throw new ProblemException(
                        ProblemType.UNIQUE_KEY_HELD,
                        Visible.holder(holder, caller).id() + " has the unique key and is not over");
            case Replay.NotFound() -> throw new ProblemException(ProblemType.TASK_NOT_FOUND);
        };
    }

    @POST
    @Path("{id}/run-now")
    @Operation(
            operationId = "runTaskNow",
            summary = "Makes a scheduled task due now",
            description = "One that waits for a worker, or runs, stays as it is.")
    @Problems({ProblemType.TASK_NOT_WAITING})
    public Uni<TaskView> runNow(@PathParam("id") @Pattern(regexp = TaskIds.FORM) String id) {
        return tell(id, control -> control.runNow(id)).invoke(task -> {
            if (task.state().isTerminal()) {
                throw notWaiting(task);
            }
        });
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "moveTask", summary = "Moves a task that waits to another lane or another time")
    @Problems({ProblemType.TASK_NOT_WAITING, ProblemType.ORDERED_TASK_WITH_TIME})
    public Uni<TaskView> move(@PathParam("id") @Pattern(regexp = TaskIds.FORM) String id, @NotNull @Valid Move wanted) {
        if (wanted.lane() == null && wanted.runAt() == null) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "lane or run_at is needed");
        }
        NewTasks.requireWithinAYear("run_at", wanted.runAt(), time.now());
        return find(id).invoke(task -> {
                    if (wanted.runAt() != null && task.spec().orderHash() != null) {
                        throw new ProblemException(ProblemType.ORDERED_TASK_WITH_TIME);
                    }
                })
                .chain(() -> loop.call(() -> core.control().move(id, wanted.lane(), wanted.runAt())))
                .map(found -> Visible.task(found, Caller.of(identity)))
                .map(task -> TaskView.of(moved(task, wanted)));
    }

    private static TaskDocument moved(TaskDocument task, Move wanted) {
        boolean isThere = wanted.lane() == null || task.spec().lane() == wanted.lane();
        boolean isThen = wanted.runAt() == null
                || (task.state() instanceof Scheduled scheduled
                        && scheduled.dueAt().equals(wanted.runAt()));
        if (!task.isWaiting() || !isThere || !isThen) {
            throw notWaiting(TaskView.of(task));
        }
        return task;
    }

    private static ProblemException notWaiting(TaskView task) {
        return new ProblemException(
                ProblemType.TASK_NOT_WAITING, "the task is " + task.state().word());
    }

    private Uni<TaskDocument> find(String id) {
        Caller caller = Caller.of(identity);
        return loop.call(() -> core.read(id)).map(found -> Visible.task(found, caller));
    }

    private Uni<TaskView> tell(String id, Function<TaskControl, Uni<Optional<TaskDocument>>> wish) {
        Caller caller = Caller.of(identity);
        return find(id).chain(() -> loop.call(() -> wish.apply(core.control())))
                .map(found -> TaskView.of(Visible.task(found, caller)));
    }
}
