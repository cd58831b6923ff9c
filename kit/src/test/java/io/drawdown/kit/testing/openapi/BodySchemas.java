package io.drawdown.kit.testing.openapi;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of a description, as strict as a test can be: an object has no fields that are not described. */
final class BodySchemas {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode components;
    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

    BodySchemas(JsonNode document) {
        this.components = document.path("components").deepCopy();
        this.components.path("schemas").forEach(BodySchemas::close);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(BodySchemas::close);
    }

    void checkNamed(String name, byte[] body, List<String> found) {
        check(JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name), body, found);
    }

    void check(JsonNode schema, byte[] body, List<String> found) {
        check(schema, parse(body), found);
    }

    void check(JsonNode schema, JsonNode value, List<String> found) {
        if (value.isMissingNode()) {
            found.add("the body is not JSON");
            return;
        }
        compiled.computeIfAbsent(schema, this::compile)
                .validate(value)
                .forEach(deviation -> found.add(deviation.getMessage()));
    }

    private JsonSchema compile(JsonNode schema) {
        ObjectNode root = schema.deepCopy();
        root.set("components", components);
        return FACTORY.getSchema(root, CONFIG);
    }

    JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
