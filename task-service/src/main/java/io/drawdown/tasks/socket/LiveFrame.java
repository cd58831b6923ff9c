package io.drawdown.tasks.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.kit.socket.SocketFrame;
import io.drawdown.tasks.api.TaskView;
import io.drawdown.tasks.live.Interest;
import io.drawdown.tasks.live.Interest.OfTag;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.Interest.OfType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the service tells a client that watches tasks. On the wire: a JSON object in snake_case with the field {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LiveFrame.Subscribed.class, name = "subscribed"),
    @JsonSubTypes.Type(value = LiveFrame.Unsubscribed.class, name = "unsubscribed"),
    @JsonSubTypes.Type(value = LiveFrame.Task.class, name = "task"),
    @JsonSubTypes.Type(value = LiveFrame.Step.class, name = "step"),
    @JsonSubTypes.Type(value = LiveFrame.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = LiveFrame.Stale.class, name = "stale"),
    @JsonSubTypes.Type(value = LiveFrame.Restarting.class, name = "restarting"),
    @JsonSubTypes.Type(value = LiveFrame.Error.class, name = "error"),
    @JsonSubTypes.Type(value = LiveFrame.Pong.class, name = "pong")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface LiveFrame extends SocketFrame {

    /** The place of a frame among those that wait: a later one with the same place says all that matters. */
    record Slot(String kind, Object of) {}

    /** Which tasks; one of the three. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Of(
            @Nullable String task,
            @Nullable String tag,
            @Nullable String taskType) {

        static Of of(Interest interest) {
            return switch (interest) {
                case OfTask(String id) -> new Of(id, null, null);
                case OfTag(String name) -> new Of(null, name, null);
                case OfType(String name) -> new Of(null, null, name);
            };
        }
    }

    /**
     * From now on these tasks are told of.
     *
     * @param tasks as they are, the latest first; of a tag or a type the latest 50
     */
    record Subscribed(@JsonUnwrapped Of of, List<TaskView> tasks) implements LiveFrame {

        @Override
        public Object slot() {
            return new Slot("subscribed", of);
        }
    }

    /**
     * These tasks are told of no more.
     *
     * @param problem why, if the client did not ask for it
     */
    record Unsubscribed(@JsonUnwrapped Of of, @Nullable FrameProblem problem) implements LiveFrame {

        @Override
        public Object slot() {
            return new Slot("unsubscribed", of);
        }
    }

    /** A task as it is: steps may have been missed. */
    record Task(TaskView task) implements LiveFrame {

        @Override
        public Object slot() {
            return new Slot("task", task.id());
        }
    }

    /** The next step of a task. */
    record Step(TaskEvent step) implements LiveFrame {

        @Override
        public Object slot() {
            return new Slot("step", step.id());
        }
    }

    /** How far a task is. */
    record Progress(TaskProgress progress) implements LiveFrame {

        @Override
        public Object slot() {
            return new Slot("progress", progress.taskId());
        }
    }

    /** Whether the broker is away: then steps come late, and single tasks are looked at every two seconds. */
    record Stale(boolean stale) implements LiveFrame {}

    record Restarting(long retryAfter) implements LiveFrame {}

    record Error(FrameProblem problem) implements LiveFrame {}

    record Pong() implements LiveFrame {}
}
