package io.drawdown.client.types;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The frames of live sessions, as the AsyncAPI document lists them, with their schemas. */
public final class Frames {

    static final Path DOCUMENT = Path.of("../../docs/asyncapi.yaml");
    static final Path SCHEMAS = Path.of("../../contracts/src/main/resources/schemas");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;

    /** A frame by its type. */
    public record Frame(String type, JsonNode schema) {}

    public Frames() {
        this.document = JSON.valueToTree(new Yaml().<Object>load(read(DOCUMENT)));
    }

    /** @param action of the service: it receives what clients send */
    public List<Frame> of(String action) {
        return all(document.path("operations"))
                .filter(operation -> operation.path("action").asText().equals(action))
                .filter(operation ->
                        operation.path("channel").path("$ref").asText().equals("#/channels/liveSession"))
                .flatMap(operation -> all(operation.path("messages")))
                .map(message -> name(message.path("$ref").asText()))
                .map(this::frame)
                .toList();
    }

    private Frame frame(String message) {
        JsonNode found = document.path("components").path("messages").path(message);
        String file = found.path("payload").path("schema").path("$ref").asText();
        return new Frame(found.path("name").asText(), json(DOCUMENT.resolveSibling(file)));
    }

    static JsonNode common() {
        return json(SCHEMAS.resolve("common.json")).path("$defs");
    }

    /** The last part of a reference. */
    static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static Stream<JsonNode> all(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false);
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
