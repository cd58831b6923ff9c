package io.drawdown.kit.openapi;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Finds the component schemas that a body consists of. */
final class SchemaWalk {

    static final String PREFIX = "#/components/schemas/";

    private final Map<String, Schema> components;

    SchemaWalk(Map<String, Schema> components) {
        this.components = components;
    }

    /** The names of all schemas that the body refers to, directly or indirectly. */
    Set<String> reached(RequestBody body) {
        Set<String> names = new LinkedHashSet<>();
        if (body.getContent() != null) {
            for (MediaType type : body.getContent().getMediaTypes().values()) {
                follow(type.getSchema(), names);
            }
        }
        return names;
    }

    private void follow(@Nullable Schema schema, Set<String> names) {
        if (schema == null) {
            return;
        }
        String ref = schema.getRef();
        if (ref != null && names.add(ref.substring(PREFIX.length()))) {
            follow(components.get(ref.substring(PREFIX.length())), names);
        }
        parts(schema).forEach(part -> follow(part, names));
    }

    private static Stream<Schema> parts(Schema schema) {
        Stream<Schema> properties =
                schema.getProperties() == null ? Stream.of() : schema.getProperties().values().stream();
        return Stream.concat(Stream.ofNullable(schema.getItems()), properties);
    }
}
