package io.drawdown.sessions.protocol;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.socket.FrameProblem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameSchemaTest {

    private static final String SESSION = "ses_abcdefghijklmnopqrstuvwxyz";
    private static final Credits SOME = Credits.ofMicros(29_500_000);
    private static final Frame.Rate RATE = Frame.Rate.of(new Rate("live_dubbing", Credits.of(1), 1_000));
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    static List<Frame> frames() {
        return List.of(
                new Frame.Started(
                        new Frame.Running(SESSION, "token", "ada", "live_dubbing", RATE, 1, 0, 60_000, SOME, SOME, 2)),
                new Frame.Resumed(new Frame.Running(
                        SESSION, "token", "ada", "live_dubbing", RATE, 1, 5_000, 60_000, SOME, SOME, 2)),
                new Frame.Refused(problem(null), Credits.of(1), Credits.ZERO, Credits.of(9), false, 10L, null, 3L),
                new Frame.Refused(problem("why"), null, null, null, false, 2L, null, null),
                new Frame.Refused(
                        problem("why"), null, null, null, false, null, "ses_abcdefghijklmnopqrstuvwxyz", null),
                new Frame.Balance(SOME, SOME, Credits.of(1), 5_000, 60_000, 4),
                new Frame.Warning(20, SOME, Credits.of(90), 5),
                new Frame.Ending(EndReason.EXHAUSTED, 9_000, 60_000, SOME, Credits.ZERO, 6),
                new Frame.Ending(EndReason.MAXIMUM_DURATION, 59_000, 60_000, SOME, Credits.ZERO, 6),
                new Frame.Extended(75_000, SOME, Credits.ZERO, 7),
                new Frame.Unfunded(1_000),
                new Frame.Paused(PauseCause.REQUEST, true, 600_000, 9_000, 60_000),
                new Frame.Paused(PauseCause.MEDIA, false, 1, 9_000, 60_000),
                new Frame.Continued(9_000, 60_000),
                new Frame.Restarting(5),
                new Frame.Replaced(),
                new Frame.Ended(SESSION, EndReason.EXHAUSTED, 75_000, true, SOME, Credits.ZERO, Credits.ZERO, 8L),
                new Frame.Ended(SESSION, EndReason.USER, 75_000, false, null, null, null, null),
                new Frame.Error(problem(null)),
                new Frame.Pong());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void fitsThePublishedSchemaOfItsType(Frame frame) {
        // Given
        String json = Json.text(frame);
        // When
        Object type = Json.read(Json.bytes(frame), Map.class).get("type");
        JsonSchema schema = SCHEMAS.getSchema(SchemaLocation.of("classpath:schemas/frames/" + type + ".json"));
        // Then
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void everyKindOfFrameIsTried() {
        assertThat(frames().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Frame.class.getPermittedSubclasses()).toList());
    }

    private static FrameProblem problem(@Nullable String detail) {
        return FrameProblem.of(ProblemType.INSUFFICIENT_CREDITS, detail);
    }
}
