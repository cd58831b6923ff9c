package io.drawdown.kit.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a body in words of the wire. Jackson's own messages name our classes and advise on its
 * settings.
 */
public record JsonMistake(ProblemType type, String detail) {

    private static final int LONGEST_NAME = 64;

    public static JsonMistake of(JsonProcessingException fault) {
        ProblemType type = Faults.typeOfJson(fault);
        String field = fault instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        if (type != ProblemType.MALFORMED_JSON) {
            return new JsonMistake(type, field.isEmpty() ? type.title() : field + ": " + type.title());
        }
        if (fault instanceof UnrecognizedPropertyException) {
            return new JsonMistake(ProblemType.INVALID_REQUEST, "there is no field " + field);
        }
        return new JsonMistake(type, detail(field, fault));
    }

    private static String detail(String field, JsonProcessingException fault) {
        String where = field.isEmpty() ? "the body" : field;
        @Nullable Class<?> expected = expected(fault);
        if (expected != null) {
            return where + " is not " + kind(expected);
        }
        if (fault instanceof StreamConstraintsException || fault.getCause() instanceof StreamConstraintsException) {
            return where + " has a number or a name that is too long, or is nested too deeply";
        }
        @Nullable String twice = givenTwice(fault.getCause() instanceof JsonProcessingException inner ? inner : fault);
        if (twice != null) {
            return (field.isEmpty() ? "" : field + ".") + twice + " is given twice";
        }
        return "the body is not JSON" + (field.isEmpty() ? "" : " in " + field) + at(fault.getLocation());
    }

    private static @Nullable Class<?> expected(JsonProcessingException fault) {
        if (fault instanceof MismatchedInputException mismatch) {
            return mismatch.getTargetType();
        }
        return fault.getCause() instanceof InputCoercionException number ? number.getTargetType() : null;
    }

    private static String kind(Class<?> type) {
        if (type == Credits.class) {
            return "a number of credits";
        }
        if (type == Instant.class) {
            return "a time like 2026-01-31T12:00:00Z";
        }
        if (type == String.class) {
            return "a text without control characters";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number within its range";
        }
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(JsonMistake::name)
                                    .toList());
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String name(Object constant) {
        return Json.text(constant).replace("\"", "");
    }

    /** The parser is at the name; this fault has no type of its own. */
    private static @Nullable String givenTwice(JsonProcessingException fault) {
        try {
            return fault.getOriginalMessage().startsWith("Duplicate field")
                            && fault.getProcessor() instanceof JsonParser json
                    ? shown(String.valueOf(json.currentName()))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(shown(reference.getFieldName()));
            }
        }
        return path.toString();
    }

    private static String shown(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    private static String at(@Nullable JsonLocation place) {
        return place == null ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
