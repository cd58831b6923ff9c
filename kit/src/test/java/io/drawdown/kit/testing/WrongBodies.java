package io.drawdown.kit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.contracts.Credits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything that can be wrong with one field, for every field of a body, by the record that reads it. */
public final class WrongBodies {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NO_TEXT = List.of("5", "1.5", "true", "{}", "[]", "{\"a\":1}", "[\"a\"]");
    private static final List<String> NO_GOOD_TEXT =
            List.of("\"\"", "\"\\u0000\"", "\" \"", "\"a\\nb\"", "\"" + "x".repeat(10_000) + "\"");
    private static final List<String> NO_NUMBER =
            List.of("\"1\"", "\"\"", "\"x\"", "true", "{}", "[]", "[1]", "1e2147483647", "1e99999999999", "1e-7");
    private static final List<String> NO_WHOLE_NUMBER = List.of("1.5", "99999999999999999999", "1e3");

    private final String valid;
    private final List<Wrong> wrong = new ArrayList<>();

    private WrongBodies(String valid) {
        this.valid = valid;
    }

    /** @param field the name on the wire, without what it is in */
    public record Wrong(String field, String body) {
        @Override
        public String toString() {
            return field + " in " + (body.length() > 120 ? body.substring(0, 120) + "…" : body);
        }
    }

    /** @param valid a body with every field */
    public static List<Wrong> of(Class<?> type, String valid) {
        WrongBodies bodies = new WrongBodies(valid);
        bodies.object(type, "");
        return bodies.wrong;
    }

    private void object(Class<?> type, String pointer) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name =
                    component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
            String place = pointer + "/" + name;
            if (tree().at(place).isMissingNode()) {
                throw new AssertionError("the valid body has no " + place);
            }
            values(component.getGenericType()).forEach(value -> put(pointer, name, value));
            @Nullable
            String good = tree().at(place).isTextual() ? tree().at(place).asText() : null;
            if (good != null) {
                put(pointer, name, "\"" + good + "\\u0000\"");
                if (component.getType() != String.class) {
                    put(pointer, name, "\" " + good + "\"");
                }
            }
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                put(pointer, name, "null");
                put(pointer, name, null);
            }
            twice(pointer, name);
            put(pointer, "x_" + name, "1");
            inner(component.getGenericType(), place);
        }
    }

    private void inner(Type type, String place) {
        if (type instanceof Class<?> record && record.isRecord() && record != Credits.class) {
            object(record, place);
        } else if (type instanceof ParameterizedType list) {
            inner(list.getActualTypeArguments()[0], place + "/0");
        }
    }

    private static List<String> values(Type type) {
        List<String> values = new ArrayList<>();
        if (type == String.class || type == Instant.class || (type instanceof Class<?> named && named.isEnum())) {
            values.addAll(NO_TEXT);
            values.addAll(NO_GOOD_TEXT);
        } else if (type == Credits.class) {
            values.addAll(NO_NUMBER);
            values.addAll(
                    List.of("0", "-1", "1e" + "9".repeat(500), "1".repeat(900), "0.".concat("0".repeat(900)) + "1"));
        } else if (type == Boolean.class || type == boolean.class) {
            values.addAll(List.of("\"true\"", "\"\"", "0", "1.5", "{}", "[]", "[true]"));
        } else if (type instanceof Class<?> number && (number.isPrimitive() || Number.class.isAssignableFrom(number))) {
            values.addAll(NO_NUMBER);
            values.addAll(NO_WHOLE_NUMBER);
            values.add("-1");
        } else if (type instanceof ParameterizedType) {
            values.addAll(List.of("5", "true", "\"\"", "{}", "[null]", "[5]", "[[]]"));
        } else {
            values.addAll(List.of("5", "true", "\"\"", "[]"));
        }
        return values;
    }

    private void put(String pointer, String name, @Nullable String value) {
        JsonNode body = tree();
        ObjectNode object = (ObjectNode) body.at(pointer);
        if (value == null) {
            object.remove(name);
            wrong.add(new Wrong(name, body.toString()));
        } else {
            object.put(name, "HERE");
            wrong.add(new Wrong(name, body.toString().replace("\"HERE\"", value)));
        }
    }

    private void twice(String pointer, String name) {
        JsonNode body = tree();
        ObjectNode object = (ObjectNode) body.at(pointer);
        String again = "\"" + name + "\":" + object.get(name);
        object.put("here", true);
        wrong.add(new Wrong(name, body.toString().replace("\"here\":true", again)));
    }

    private JsonNode tree() {
        try {
            return JSON.readTree(valid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
