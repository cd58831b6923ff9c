package io.drawdown.tasks.api;

import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.api.WhyView.Cause;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.store.TaskPages;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Ready;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.TaskState.Terminal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out why a task does not run. Its answer is what was true a moment ago. */
@Singleton
final class Why {

    /** Tasks that are counted. */
    static final int MOST_AHEAD = 1_000;

    /** Tenants that are counted. */
    static final int MOST_TENANTS = 16;

    private static final double MILLIS = 1_000;

    private final TasksCore core;
    private final CoreLoop loop;
    private final TaskStore tasks;
    private final TaskPages pages;
    private final TaskTypes types;
    private final Time time;

    Why(TasksCore core, CoreLoop loop, TaskStore tasks, TaskPages pages, TaskTypes types, Time time) {
        this.core = core;
        this.loop = loop;
        this.tasks = tasks;
        this.pages = pages;
        this.types = types;
        this.time = time;
    }

    /**
     * On the core's thread.
     *
     * @param caller who is not told of tasks that they may not see
     */
    Uni<WhyView> of(TaskDocument task, Caller caller) {
        String id = task.id();
        return switch (task.state()) {
            case Processing run -> item(WhyView.of(id, run.name(), Cause.RUNNING, "It runs"));
            case Terminal over -> item(WhyView.of(id, over.name(), Cause.OVER, "It is over"));
            case Scheduled scheduled -> item(scheduled(id, scheduled));
            case Pending pending -> pending.ready() == null ? ordered(task, caller) : waiting(task, pending.ready());
        };
    }

    private static WhyView scheduled(String id, Scheduled scheduled) {
        Instant until = scheduled.dueAt();
        return switch (scheduled.cause()) {
            case RUN_AT -> WhyView.until(id, Cause.SCHEDULED, "Its time has not come", until);
            case RETRY -> WhyView.until(id, Cause.RETRY, "An attempt failed, and the next one is not due", until);
            case VERDICT ->
                WhyView.until(id, Cause.VERDICT, "It may have killed its workers; that is judged then", until);
        };
    }

    private Uni<WhyView> ordered(TaskDocument task, Caller caller) {
        String key = Objects.requireNonNull(task.order(), "only a task with an order key has no place")
                .key();
        return tasks.headOf(key).map(head -> head.filter(other -> !other.id().equals(task.id()))
                .map(other -> WhyView.behind(task.id(), Visible.to(other, caller) ? other.id() : null))
                .orElseGet(() -> WhyView.of(
                        task.id(),
                        task.state().name(),
                        Cause.ORDER_KEY,
                        "It is the next of its order key, as of now")));
    }

    private Uni<WhyView> waiting(TaskDocument task, Ready place) {
        Cause cause = causeOf(task.spec().type());
        return pages.ahead(place, task.id(), MOST_AHEAD + 1).emitOn(loop).chain(ahead -> tenants(place, "", 0)
                .map(tenants -> waiting(task, cause, ahead, tenants)));
    }

    private Cause causeOf(String type) {
        if (core.queues().isPaused(type)) {
            return Cause.QUEUE_PAUSED;
        }
        boolean isHandledHere = types.find(type).filter(TaskType::isHandledHere).isPresent();
        return isHandledHere ? Cause.TURN : Cause.NO_HANDLER_HERE;
    }

    private Uni<Integer> tenants(Ready place, String after, int found) {
        return found == MOST_TENANTS
                ? item(found)
                : tasks.nextTenant(place.queue(), place.lane(), after)
                        .chain(next -> next.isEmpty() ? item(found) : tenants(place, next.get(), found + 1));
    }

    private WhyView waiting(TaskDocument task, Cause cause, int counted, int tenants) {
        int ahead = Math.min(counted, MOST_AHEAD);
        boolean isMore = counted > MOST_AHEAD;
        double perSecond = core.stats().latest().startsPerSecond(task.spec().type());
        @Nullable String unpredictable = unpredictable(cause, isMore, perSecond);
        return new WhyView(
                task.id(),
                task.state().name(),
                cause,
                explanation(cause) + ", behind " + (isMore ? "more than " : "") + ahead + " of its tenant",
                null,
                null,
                ahead,
                isMore ? true : null,
                tenants,
                unpredictable == null ? predicted(time.now(), ahead, tenants, perSecond) : null,
                unpredictable);
    }

    private static String explanation(Cause cause) {
        return switch (cause) {
            case QUEUE_PAUSED -> "Its queue is paused";
            case NO_HANDLER_HERE -> "It waits for a worker elsewhere; this instance has no handler of its type";
            case TURN -> "It waits for its turn";
            case RUNNING, OVER, SCHEDULED, RETRY, VERDICT, ORDER_KEY ->
                throw new IllegalArgumentException("it has no place in a queue: " + cause);
        };
    }

    private static @Nullable String unpredictable(Cause cause, boolean isMore, double perSecond) {
        if (cause == Cause.QUEUE_PAUSED) {
            return "its queue is paused";
        }
        if (cause == Cause.NO_HANDLER_HERE) {
            return "its workers are elsewhere";
        }
        if (isMore) {
            return "too many are before it";
        }
        return perSecond == 0 ? "none of its type was started in the last minute" : null;
    }

    /** If all tenants of the lane go on to have work, and the type is started as often as in the last minute. */
    static Instant predicted(Instant now, int ahead, int tenants, double perSecond) {
        double seconds = (double) ahead * Math.max(1, tenants) / perSecond;
        return now.plus(Duration.ofMillis((long) (seconds * MILLIS)));
    }

    private static <T> Uni<T> item(T item) {
        return Uni.createFrom().item(item);
    }
}
