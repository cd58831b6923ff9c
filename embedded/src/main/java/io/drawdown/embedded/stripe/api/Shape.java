package io.drawdown.embedded.stripe.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a route takes. Written as names with what they are: {@code amount:int! currency! confirm:bool
 * created:time metadata{} expand[] options* card{number! cvc}}. An exclamation mark makes one required.
 */
final class Shape {

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private enum Kind {
        TEXT,
        INT,
        BOOL,
        TIME,
        LIST,
        MAP,
        OBJECT,
        ANY
    }

    private record Field(
            Kind kind, boolean required, @Nullable Shape inner) {}

    private final Map<String, Field> fields;

    private Shape(Map<String, Field> fields) {
        this.fields = fields;
    }

    static Shape of(String text) {
        return new Reader(text).read();
    }

    /** @throws StripeError if a parameter is unknown, missing or of another kind */
    void check(JsonObject params) {
        check(params, "");
    }

    private void check(JsonObject params, String parent) {
        params.forEach(entry -> {
            String name = name(parent, entry.getKey());
            Field field = fields.get(entry.getKey());
            if (field == null) {
                throw StripeError.unknownParameter(name);
            }
            check(field, entry.getValue(), name);
        });
        fields.forEach((name, field) -> {
            if (field.required() && (!params.containsKey(name) || "".equals(params.getValue(name)))) {
                throw StripeError.validation(
                                "The parameter " + name(parent, name) + " is required.", name(parent, name))
                        .with("code", "parameter_missing");
            }
        });
    }

    private static String name(String parent, String name) {
        return parent.isEmpty() ? name : parent + "[" + name + "]";
    }

    private static void check(Field field, Object value, String name) {
        boolean fits =
                switch (field.kind()) {
                    case TEXT -> value instanceof String;
                    case INT ->
                        value instanceof String text && WHOLE.matcher(text).matches();
                    case BOOL -> "true".equals(value) || "false".equals(value);
                    case TIME ->
                        value instanceof JsonObject range
                                ? fitsRange(range)
                                : WHOLE.matcher(value.toString()).matches();
                    case LIST -> "".equals(value) || isListOfTexts(value);
                    case MAP -> "".equals(value) || isListOfTexts(value) || isMapOfTexts(value);
                    case OBJECT -> "".equals(value) || value instanceof JsonObject;
                    case ANY -> true;
                };
        if (!fits) {
            throw StripeError.validation("The parameter " + name + " has a value of another kind.", name)
                    .with("code", field.kind() == Kind.INT ? "parameter_invalid_integer" : "parameter_invalid");
        }
        if (field.inner() != null && value instanceof JsonObject object) {
            field.inner().check(object, name);
        }
    }

    private static boolean isListOfTexts(Object value) {
        return value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance);
    }

    private static boolean isMapOfTexts(Object value) {
        return value instanceof JsonObject map && map.stream().allMatch(entry -> entry.getValue() instanceof String);
    }

    private static boolean fitsRange(JsonObject range) {
        return range.stream()
                .allMatch(bound -> bound.getKey().matches("gte?|lte?")
                        && WHOLE.matcher(bound.getValue().toString()).matches());
    }

    /** Reads the written form. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Shape read() {
            Map<String, Field> fields = new LinkedHashMap<>();
            while (at < text.length() && text.charAt(at) != '}') {
                if (text.charAt(at) == ' ') {
                    at++;
                } else {
                    String name = word();
                    fields.put(name, field());
                }
            }
            at++; // the brace
            return new Shape(fields);
        }

        private Field field() {
            Shape inner = null;
            Kind kind = Kind.TEXT;
            if (skip(":")) {
                kind = Kind.valueOf(word().toUpperCase(Locale.ROOT));
            } else if (skip("[]")) {
                kind = Kind.LIST;
            } else if (skip("{}")) {
                kind = Kind.MAP;
            } else if (skip("*")) {
                kind = Kind.ANY;
            } else if (skip("{")) {
                inner = read();
                kind = Kind.OBJECT;
            }
            return new Field(kind, skip("!"), inner);
        }

        private String word() {
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            if (start == at) {
                throw new IllegalArgumentException("A name is missing at " + start + " in " + text);
            }
            return text.substring(start, at);
        }

        private boolean skip(String token) {
            boolean found = text.startsWith(token, at);
            at += found ? token.length() : 0;
            return found;
        }
    }
}
