package io.drawdown.kit.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the schema of every record. A component is required unless it is {@code @Nullable}; a nullable one is
 * absent or, without {@code @JsonInclude(NON_NULL)}, null. A request has no other fields.
 */
final class SchemaConventions {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);

    private final List<ClassInfo> records;
    private final Words words;

    SchemaConventions(IndexView index, Words words) {
        this.records =
                index.getKnownClasses().stream().filter(ClassInfo::isRecord).toList();
        this.words = words;
    }

    void apply(Map<String, Schema> schemas, Set<String> requests) {
        schemas.forEach((name, schema) -> {
            words.of(name).ifPresent(word -> describe(schema, word));
            if (schema.getProperties() != null) {
                boolean isRequest = requests.contains(name);
                record(name, schema).ifPresent(type -> require(schema, type, isRequest));
                schema.getProperties()
                        .forEach((field, value) -> words.of(name, field).ifPresent(word -> describe(value, word)));
                if (isRequest) {
                    schema.setAdditionalPropertiesBoolean(false);
                }
            }
        });
    }

    /** The validator matches whole texts; a schema needs anchors for that. */
    static void anchor(@Nullable Schema schema) {
        if (schema != null
                && schema.getPattern() != null
                && !schema.getPattern().startsWith("^")) {
            schema.setPattern("^" + schema.getPattern() + "$");
        }
    }

    static void describe(Schema schema, Words.Word word) {
        schema.setDescription(word.description());
        if (word.example() != null && schema.getRef() == null) {
            schema.setExamples(List.of(word.example()));
        }
        if (word.pattern() != null) {
            schema.setPattern(word.pattern());
        }
        if (word.minimum() != null) {
            schema.setMinimum(word.minimum());
        }
    }

    /** The record with these fields; of several the one that the schema is named after. */
    private Optional<ClassInfo> record(String name, Schema schema) {
        Set<String> fields = schema.getProperties().keySet();
        return records.stream()
                .filter(type -> type.recordComponents().size() == fields.size())
                .filter(type -> type.recordComponents().stream()
                        .allMatch(component -> fields.contains(snakeCase(component.name()))))
                .min(Comparator.comparing(type -> !type.simpleName().equals(name)));
    }

    private static void require(Schema schema, ClassInfo type, boolean isRequest) {
        boolean isOmitted = isRequest || omitsNulls(type);
        Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
        List<String> required = new ArrayList<>();
        for (RecordComponentInfo component : type.recordComponents()) {
            String name = snakeCase(component.name());
            boolean isNullable = component.type().hasAnnotation(NULLABLE);
            if (!isNullable || !isOmitted) {
                required.add(name);
            }
            if (isNullable && !isOmitted) {
                properties.computeIfPresent(name, (field, value) -> orNull(value));
            }
        }
        schema.setRequired(required.isEmpty() ? null : required);
        schema.setProperties(properties);
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() == null) {
            return schema.addType(SchemaType.NULL);
        }
        return OASFactory.createSchema()
                .addAnyOf(schema)
                .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
    }

    private static boolean omitsNulls(ClassInfo type) {
        AnnotationInstance include = type.declaredAnnotation(INCLUDE);
        return include != null && include.value().asEnum().equals("NON_NULL");
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
