package io.drawdown.kit.trace;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the table "Traces and logs" of the configuration page with what the services read. */
class TraceConfigTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");

    private static TraceConfig config(String... keysAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(TraceConfig.class)
                .withSources(new PropertiesConfigSource(given, "given", 100))
                .withValidateUnknown(false)
                .build();
        return config.getConfigMapping(TraceConfig.class);
    }

    /** The default by the variable. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new HashMap<>();
        boolean isInside = false;
        for (String line : Files.readAllLines(PAGE)) {
            isInside = line.startsWith("## ") ? line.equals("## Traces and logs") : isInside;
            if (isInside && line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                rows.put(cells[1].strip().replace("`", ""), cells[2].strip().replace("`", ""));
            }
        }
        return rows;
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (var in = Objects.requireNonNull(
                TraceConfigTest.class.getResourceAsStream("/META-INF/microprofile-config.properties"))) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void spansAreStartedOnlyWhereThereIsACollector() {
        assertThat(config().isOn()).isFalse();
        assertThat(config("otel.exporter.otlp.endpoint", "http://collector:4318")
                        .isOn())
                .isTrue();
        assertThat(config("otel.exporter.otlp.traces.endpoint", "http://collector:4318/v1/traces")
                        .isOn())
                .isTrue();
        assertThat(config("otel.traces.sampler", "always_on").isOn()).isFalse();
    }

    @Test
    void pageListsWhatSwitchesTracesAndJsonLogsOn() throws IOException {
        // When
        Map<String, String> documented = documented();
        // Then
        assertThat(documented)
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "-")
                .containsEntry("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "-")
                .containsEntry(
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                        properties().getProperty("quarkus.log.console.json.enabled"));
        String instance = properties().getProperty("quarkus.log.console.json.additional-field.\"instance\".value");
        assertThat(instance).isEqualTo("${HOSTNAME:" + documented.get("HOSTNAME") + "}");
    }
}
