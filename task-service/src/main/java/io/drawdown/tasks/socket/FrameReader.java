package io.drawdown.tasks.socket;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.drawdown.kit.socket.FrameMistakes;
import io.drawdown.kit.socket.FrameMistakes.Mistake;
import io.drawdown.tasks.api.TaskRequest;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.enqueue.TaskIds;
import io.drawdown.tasks.live.Interest;
import io.drawdown.tasks.socket.FrameReader.Incoming.Authenticate;
import io.drawdown.tasks.socket.FrameReader.Incoming.Ping;
import io.drawdown.tasks.socket.FrameReader.Incoming.Subscribe;
import io.drawdown.tasks.socket.FrameReader.Incoming.Unsubscribe;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a client's frame: one JSON object, its kind in {@code type}. */
final class FrameReader {

    private static final String TYPES = "authenticate, subscribe, unsubscribe and ping";
    private static final int LONGEST_TOKEN = 8_192;

    private FrameReader() {}

    static ClientFrame read(String text) {
        try {
            return switch (Json.readStrictly(text, Incoming.class)) {
                case Authenticate(String token)
                when token.length() <= LONGEST_TOKEN -> new ClientFrame.Authenticate(token);
                case Authenticate tooLong -> invalid("token is too long");
                case Subscribe subscribe -> about(subscribe.wanted(), ClientFrame.Subscribe::new);
                case Unsubscribe unsubscribe -> about(unsubscribe.wanted(), ClientFrame.Unsubscribe::new);
                case Ping ping -> new ClientFrame.Ping();
            };
        } catch (UnreadableException e) {
            Mistake mistake = FrameMistakes.of(e, TYPES);
            return new ClientFrame.Unreadable(mistake.problem(), mistake.detail());
        }
    }

    private static ClientFrame about(Wanted wanted, Function<Interest, ClientFrame> frame) {
        if (Stream.of(wanted.names()).filter(name -> name != null).count() != 1) {
            return invalid("one of task, tag and task_type is needed");
        }
        if (wanted.task() != null) {
            return wanted.task().matches(TaskIds.FORM)
                    ? frame.apply(new Interest.OfTask(wanted.task()))
                    : invalid("task is the id of a task");
        }
        if (wanted.tag() != null) {
            return wanted.tag().matches(TaskRequest.TAG)
                    ? frame.apply(new Interest.OfTag(wanted.tag()))
                    : invalid("tag is no tag that a task can have");
        }
        return wanted.taskType() != null && wanted.taskType().matches(TaskTypeName.FORM)
                ? frame.apply(new Interest.OfType(wanted.taskType()))
                : invalid("task_type is no name that a type can have");
    }

    private static ClientFrame invalid(String why) {
        return new ClientFrame.Unreadable(ProblemType.INVALID_REQUEST, why);
    }

    /** The three ways to name tasks. */
    private record Wanted(
            @Nullable String task,
            @Nullable String tag,
            @Nullable String taskType) {

        @Nullable
        String[] names() {
            return new @Nullable String[] {task, tag, taskType};
        }
    }

    /** {@link ClientFrame} as it is on the wire. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Authenticate.class, name = "authenticate"),
        @JsonSubTypes.Type(value = Subscribe.class, name = "subscribe"),
        @JsonSubTypes.Type(value = Unsubscribe.class, name = "unsubscribe"),
        @JsonSubTypes.Type(value = Ping.class, name = "ping")
    })
    sealed interface Incoming {
        record Authenticate(String token) implements Incoming {}

        record Subscribe(
                @Nullable String task,
                @Nullable String tag,
                @Nullable String taskType) implements Incoming {

            private Wanted wanted() {
                return new Wanted(task, tag, taskType);
            }
        }

        record Unsubscribe(
                @Nullable String task,
                @Nullable String tag,
                @Nullable String taskType) implements Incoming {

            private Wanted wanted() {
                return new Wanted(task, tag, taskType);
            }
        }

        record Ping() implements Incoming {}
    }
}
