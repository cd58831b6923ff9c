package io.drawdown.tasks.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.problem.ProblemException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** JSON that is stored as a client sent it. */
public final class JsonText {

    private JsonText() {}

    /**
     * The JSON as it is stored.
     *
     * @param longest in bytes
     * @throws ProblemException naming the field, if it is longer or cannot be written
     */
    public static String of(String field, JsonNode json, int longest) {
        String text = Json.text(json);
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, field + " has a text that is not Unicode");
        }
        if (text.getBytes(UTF_8).length > longest) {
            throw new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, field + " is longer than " + longest + " bytes");
        }
        return text;
    }
}
