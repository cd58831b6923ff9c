package io.drawdown.embedded.stripe.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads form parameters with brackets: {@code metadata[item]=7&expand[]=customer&items[0][id]=1}. All values are texts. */
public final class FormDecoder {

    private static final Pattern FIRST = Pattern.compile("[^\\[\\]]+");
    private static final Pattern NEXT = Pattern.compile("\\[([^\\[\\]]*)]");
    private static final Pattern INDEX = Pattern.compile("\\d{0,6}");
    private static final int DEEPEST = 8;

    private FormDecoder() {}

    /** @throws StripeError if it is no form */
    public static JsonObject decode(String form) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                put(tree, text(name), equals < 0 ? "" : text(pair.substring(equals + 1)));
            }
        }
        return (JsonObject) json(tree, "");
    }

    private static String text(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeError.validation("The request is not a well-formed form.", "");
        }
    }

    private static void put(Map<String, Object> tree, String name, String value) {
        Matcher first = FIRST.matcher(name);
        if (!first.lookingAt()) {
            throw StripeError.unknownParameter(name);
        }
        Matcher next = NEXT.matcher(name);
        Map<String, Object> parent = tree;
        String key = first.group();
        int end = first.end();
        for (int depth = 0; end < name.length(); depth++) {
            if (depth == DEEPEST || !next.find(end) || next.start() != end) {
                throw StripeError.unknownParameter(name);
            }
            parent = child(parent, key, name);
            key = next.group(1).isEmpty() ? Integer.toString(parent.size()) : next.group(1);
            end = next.end();
        }
        if (parent.put(key, value) != null) {
            throw StripeError.validation("The parameter " + name + " was sent twice.", name);
        }
    }

    @SuppressWarnings("unchecked") // it holds only texts and maps like itself
    private static Map<String, Object> child(Map<String, Object> parent, String key, String name) {
        Object child = parent.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
        if (child instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw StripeError.validation("The parameter " + name + " is a text and an object.", name);
    }

    private static Object json(Object value, String name) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (!name.isEmpty()
                && map.keySet().stream()
                        .allMatch(key -> INDEX.matcher((String) key).matches())) {
            Map<Integer, Object> sorted = new TreeMap<>();
            map.forEach((index, element) -> sorted.put(Integer.valueOf((String) index), json(element, name)));
            return new JsonArray(sorted.values().stream().toList());
        }
        JsonObject object = new JsonObject();
        map.forEach((key, element) -> object.put((String) key, json(element, (String) key)));
        return object;
    }
}
