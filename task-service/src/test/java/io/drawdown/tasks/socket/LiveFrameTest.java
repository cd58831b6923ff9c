package io.drawdown.tasks.socket;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.tasks.api.TaskView;
import io.drawdown.tasks.live.Interest.OfTag;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.Interest.OfType;
import io.drawdown.tasks.socket.LiveFrame.Of;
import io.drawdown.tasks.testing.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class LiveFrameTest {

    private static final Set<String> OF_ALL_SOCKETS = Set.of("restarting", "error", "pong");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final String ID = "tsk_0123456789abcdef0123456789";

    static List<LiveFrame> frames() {
        TaskView task = TaskView.inList(Tasks.waiting(ID));
        FrameProblem problem = FrameProblem.of(ProblemType.TASK_NOT_FOUND, null);
        TaskEvent step = new TaskEvent(
                TaskEvent.Type.STARTED, ID, 2, "echo", "acme", null, null, 1, 1, Tasks.AT, null, null, null);
        TaskProgress.Labels labels = new TaskProgress.Labels("echo", "acme", "ada", List.of("nightly"));
        return List.of(
                new LiveFrame.Subscribed(Of.of(new OfTask(ID)), List.of(task)),
                new LiveFrame.Subscribed(Of.of(new OfType("echo")), List.of()),
                new LiveFrame.Unsubscribed(Of.of(new OfTag("nightly")), null),
                new LiveFrame.Unsubscribed(Of.of(new OfTask(ID)), problem),
                new LiveFrame.Task(task),
                new LiveFrame.Step(step),
                new LiveFrame.Progress(new TaskProgress(ID, labels, 1, 1, 1, 40, null, Tasks.AT)),
                new LiveFrame.Stale(true),
                new LiveFrame.Restarting(5),
                new LiveFrame.Error(problem),
                new LiveFrame.Pong());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void fitsThePublishedSchemaOfItsType(LiveFrame frame) {
        // Given
        String type = String.valueOf(Json.read(Json.bytes(frame), Map.class).get("type"));
        String folder = OF_ALL_SOCKETS.contains(type) ? "frames" : "task_frames";
        // When
        JsonSchema schema = SCHEMAS.getSchema(SchemaLocation.of("classpath:schemas/" + folder + "/" + type + ".json"));
        // Then
        assertThat(schema.validate(Json.text(frame), InputFormat.JSON)).isEmpty();
    }

    @Test
    void everyKindOfFrameIsTried() {
        assertThat(frames().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(LiveFrame.class.getPermittedSubclasses()).toList());
    }

    @Test
    void stepsDoNotReplaceEachOtherWhileTheyWait() {
        assertThat(frames().stream().map(LiveFrame::slot)).doesNotHaveDuplicates();
    }
}
