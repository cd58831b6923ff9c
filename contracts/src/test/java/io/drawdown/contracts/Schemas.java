package io.drawdown.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JSON Schemas of this module. */
final class Schemas {

    static final Path FOLDER = Path.of("src/main/resources/schemas");

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private Schemas() {}

    /** What is wrong with the instance; empty if nothing is. */
    static Set<String> violations(String schema, String json) {
        return validator(FOLDER.resolve(schema)).validate(Wire.tree(json)).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toSet());
    }

    /** Fields of the instance that its schema does not know, at any depth. */
    static List<String> undocumented(String schema, String json) {
        List<String> found = new ArrayList<>();
        Path file = FOLDER.resolve(schema);
        collect("", Wire.tree(json), new Place(file, read(file)), found);
        return found;
    }

    /** Names of the schemas in a folder, without their ending. */
    static Set<String> names(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return Wire.tree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema validator(Path file) {
        return FACTORY.getSchema(
                SchemaLocation.of(file.toAbsolutePath().normalize().toUri().toString()), CONFIG);
    }

    private static void collect(String path, JsonNode instance, Place at, List<String> found) {
        Place place = at.resolved();
        if (instance.isArray()) {
            instance.forEach(item -> collect(path + "[]", item, place.to("items"), found));
        }
        instance.properties().forEach(field -> {
            String name = path + "." + field.getKey();
            if (place.schema().path("properties").has(field.getKey())) {
                collect(name, field.getValue(), place.to("properties").to(field.getKey()), found);
            } else if (place.schema().has("additionalProperties")) {
                collect(name, field.getValue(), place.to("additionalProperties"), found);
            } else {
                found.add(name);
            }
        });
    }

    private record Place(Path file, JsonNode schema) {

        Place to(String field) {
            return new Place(file, schema.path(field));
        }

        Place resolved() {
            if (!schema.has("$ref")) {
                return this;
            }
            String[] reference = schema.path("$ref").asText().split("#", 2);
            Path target = reference[0].isEmpty()
                    ? file
                    : file.resolveSibling(reference[0]).normalize();
            return new Place(target, read(target).at(reference[1])).resolved();
        }
    }
}
