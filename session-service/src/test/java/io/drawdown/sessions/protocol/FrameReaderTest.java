package io.drawdown.sessions.protocol;

import io.drawdown.contracts.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A frame is read as the body of a request is: whatever it says beside what is known is a mistake, told by name. */
class FrameReaderTest {

    private static final Map<String, String> FRAMES = Map.of(
            "authenticate", "\"token\":\"t\"",
            "start", "\"kind\":\"dubbing\",\"account\":\"ada\",\"start_key\":\"k\"",
            "resume",
                    "\"session_id\":\"s\",\"resume_token\":\"t\",\"next_hash\":\"" + "0".repeat(64)
                            + "\",\"attempt\":1",
            "pause", "",
            "continue", "",
            "end", "",
            "ping", "");

    static List<Arguments> frames() {
        return FRAMES.entrySet().stream()
                .map(each -> Arguments.of(each.getKey(), each.getValue()))
                .toList();
    }

    static Stream<Arguments> fields() {
        return FRAMES.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .flatMap(each -> Stream.of(each.getValue().split(","))
                        .map(field -> Arguments.of(each.getKey(), each.getValue(), field)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameAsItShouldBeIsRead(String type, String fields) {
        assertThat(FrameReader.read(frame(type, fields))).isNotInstanceOf(ClientFrame.Unreadable.class);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFieldThatIsNotKnownIsNamed(String type, String fields) {
        assertThat(FrameReader.read(frame(type, fields + (fields.isEmpty() ? "" : ",") + "\"max_credits\":5")))
                .isEqualTo(invalid(type, "there is no field max_credits"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldThatIsThereTwiceIsNamed(String type, String fields, String field) {
        assertThat(FrameReader.read(frame(type, fields + "," + field)))
                .isEqualTo(invalid(type, name(field) + " is there twice"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldOfAnotherTypeIsNamed(String type, String fields, String field) {
        for (String odd :
                List.of(name(field).equals("attempt") ? "\"5\"" : "5", "true", "{}", "[]", "[\"x\"]", "1.5")) {
            String changed = fields.replace(field, "\"" + name(field) + "\":" + odd);
            assertThat(FrameReader.read(frame(type, changed)))
                    .isEqualTo(invalid(type, name(field) + " is not of the type of this field"));
        }
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThat(FrameReader.read("{\"type\":\"start\",\"kind\":\"dubbing\"}"))
                .isEqualTo(invalid("start", "missing: start_key"));
    }

    @Test
    void aDuplicateTypeIsNamed() {
        assertThat(FrameReader.read("{\"type\":\"end\",\"type\":\"ping\"}"))
                .isEqualTo(invalid("end", "type is there twice"));
    }

    @Test
    void whatFollowsTheMistakeOfAStartNeedNotBeJson() {
        assertThat(FrameReader.read("{\"type\":\"start\",\"kind\":\"a\",\"kind\":"))
                .isEqualTo(invalid("end", "kind is there twice"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{",
                "''",
                "null",
                "[]",
                "\"start\"",
                "{}",
                "{\"type\":\"dance\"}",
                "{\"type\":7}",
                "{\"type\":\"end\"} {\"type\":\"end\"}"
            })
    void whatIsNoFrameIsMalformed(String text) {
        assertThat(FrameReader.read(text))
                .isInstanceOfSatisfying(ClientFrame.Unreadable.class, unreadable -> assertThat(unreadable.problem())
                        .isEqualTo(ProblemType.MALFORMED_JSON));
    }

    private static String frame(String type, String fields) {
        return "{\"type\":\"" + type + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    private static String name(String field) {
        return field.substring(1, field.indexOf('"', 1));
    }

    private static ClientFrame invalid(String type, String why) {
        return type.equals("start") || type.equals("resume")
                ? new ClientFrame.WrongOpening(why)
                : new ClientFrame.Unreadable(ProblemType.INVALID_REQUEST, why);
    }
}
