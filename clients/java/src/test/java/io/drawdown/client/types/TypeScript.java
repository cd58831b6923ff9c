package io.drawdown.client.types;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.types.Frames.Frame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes one interface for each frame, and one type for each definition that they share. A keyword that it does not know fails. */
final class TypeScript {

    private static final Set<String> NO_TYPE = Set.of(
            "$schema",
            "title",
            "description",
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "additionalProperties",
            "if",
            "then",
            "required");

    private final JsonNode common = Frames.common();
    private final Set<String> shared = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();

    static String of(Frames frames) {
        TypeScript made = new TypeScript();
        made.text.append("// Made from docs/asyncapi.yaml by FrameTypesTest; do not edit.\n");
        made.frames("ClientFrame", "What a client tells session-service.", frames.of("receive"));
        made.frames("ServerFrame", "What session-service tells its client.", frames.of("send"));
        made.definitions();
        return made.text.toString();
    }

    private void frames(String union, String title, List<Frame> frames) {
        for (Frame frame : frames) {
            comment("", frame.schema().path("title").asText());
            text.append("export interface ").append(name(frame.type())).append("Frame ");
            text.append(object("", frame.schema())).append('\n');
        }
        comment("", title);
        text.append("export type ").append(union).append(" =");
        frames.forEach(frame -> text.append("\n  | ").append(name(frame.type())).append("Frame"));
        text.append(";\n");
    }

    /** A definition may need others. */
    private void definitions() {
        List<String> written = new ArrayList<>();
        while (written.size() < shared.size()) {
            String next = shared.stream()
                    .filter(each -> !written.contains(each))
                    .findFirst()
                    .orElseThrow();
            written.add(next);
            JsonNode schema = common.path(next);
            comment("", schema.path("description").asText());
            text.append("export type ")
                    .append(name(next))
                    .append(" = ")
                    .append(type("", schema))
                    .append(";\n");
        }
    }

    private String type(String indent, JsonNode schema) {
        if (schema.has("$ref")) {
            String name = Frames.name(schema.path("$ref").asText());
            shared.add(name);
            return name(name);
        }
        List<String> parts = new ArrayList<>();
        schema.fieldNames().forEachRemaining(keyword -> {
            switch (keyword) {
                case "const" -> parts.add(schema.path(keyword).toString());
                case "enum" -> parts.add(alternatives(schema.path(keyword)));
                case "allOf" -> schema.path(keyword).forEach(each -> parts.add(type(indent, each)));
                case "type" -> parts.add(plain(indent, schema));
                case "properties", "items" -> {
                    // part of the type
                }
                default -> requireNoType(keyword);
            }
        });
        return parts.stream().filter(part -> !part.isEmpty()).distinct().collect(Collectors.joining(" & "));
    }

    private String plain(String indent, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "object" -> object(indent, schema);
            case "array" -> "Array<" + type(indent, schema.path("items")) + ">";
            case "integer", "number" -> "number";
            case "string" -> "string";
            case "boolean" -> "boolean";
            default -> throw new IllegalArgumentException("no type: " + schema);
        };
    }

    private String object(String indent, JsonNode schema) {
        Set<String> required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        String inner = indent + "  ";
        StringBuilder fields = new StringBuilder("{\n");
        schema.path("properties").properties().forEach(field -> {
            if (field.getValue().has("description")) {
                fields.append(
                        commented(inner, field.getValue().path("description").asText()));
            }
            fields.append(inner)
                    .append(field.getKey())
                    .append(required.contains(field.getKey()) ? ": " : "?: ")
                    .append(type(inner, field.getValue()))
                    .append(";\n");
        });
        return fields.append(indent).append('}').toString();
    }

    private static String alternatives(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.joining(" | "));
    }

    private static void requireNoType(String keyword) {
        if (!NO_TYPE.contains(keyword)) {
            throw new IllegalArgumentException("a keyword that may say something of the type: " + keyword);
        }
    }

    private void comment(String indent, String words) {
        text.append('\n');
        if (!words.isEmpty()) {
            text.append(commented(indent, words));
        }
    }

    private static String commented(String indent, String words) {
        return indent + "/** " + words + " */\n";
    }

    private static String name(String snake) {
        StringBuilder name = new StringBuilder();
        for (String part : snake.split("_", -1)) {
            name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return name.toString();
    }
}
