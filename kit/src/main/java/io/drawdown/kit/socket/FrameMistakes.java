package io.drawdown.kit.socket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.json.UnreadableException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a frame that cannot be read. Text that is not one JSON object of a known type is malformed. An
 * object is an invalid request if a field is unknown, missing, there twice or of the wrong type; the problem names it.
 */
public final class FrameMistakes {

    private static final String DUPLICATE = "Duplicate field";
    private static final String NOTHING = "missing: everything";
    private static final int LONGEST_NAME = 64;

    /** Fields are in snake_case on the wire. */
    private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z])[A-Z]");

    private FrameMistakes() {}

    /**
     * What is wrong.
     *
     * @param problem malformed JSON, or an invalid request
     */
    public record Mistake(ProblemType problem, String detail) {}

    /** @param types the types of frames that are read, in words */
    public static Mistake of(UnreadableException fault, String types) {
        return switch (fault.getCause()) {
            case InvalidTypeIdException unknown -> malformed("type is one of " + types);
            case UnrecognizedPropertyException unknown -> invalid("there is no field " + field(unknown.getPath()));
            case JsonProcessingException twice
            when twice.getOriginalMessage().startsWith(DUPLICATE) -> invalid(name(twice) + " is there twice");
            case JsonMappingException misfit
            when !misfit.getPath().isEmpty() -> invalid(field(misfit.getPath()) + " is not of the type of this field");
            case JsonMappingException misfit -> malformed("not one object that the schema of its type describes");
            case JsonProcessingException text -> malformed("not JSON");
            case null, default ->
                NOTHING.equals(fault.getMessage()) ? malformed("not one object") : invalid(missing(fault));
        };
    }

    private static Mistake malformed(String why) {
        return new Mistake(ProblemType.MALFORMED_JSON, why);
    }

    private static Mistake invalid(String why) {
        return new Mistake(ProblemType.INVALID_REQUEST, why);
    }

    private static String missing(UnreadableException fault) {
        return INNER_CAPITAL
                .matcher(String.valueOf(fault.getMessage()))
                .replaceAll(found -> "_" + found.group().toLowerCase(Locale.ROOT));
    }

    private static String field(List<Reference> path) {
        return shown(
                path.stream().map(each -> String.valueOf(each.getFieldName())).collect(Collectors.joining(".")));
    }

    /** The parser stands at the name that came a second time. */
    private static String name(JsonProcessingException twice) {
        try {
            @Nullable String at = twice.getProcessor() instanceof JsonParser parser ? parser.currentName() : null;
            return at == null ? "a field" : shown(at);
        } catch (IOException e) {
            return "a field";
        }
    }

    private static String shown(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
