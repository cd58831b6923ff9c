package io.drawdown.checkpoints.config;

import io.drawdown.contracts.Service;
import io.drawdown.kit.testing.DocumentedConfiguration;
import io.drawdown.kit.testing.MappingConstraints;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkerConfigTest {

    @Test
    void defaultsAreThoseOfTheDocument() {
        // When
        WorkerConfig config = configOf(Map.of());
        // Then
        assertThat(config.instance()).isEmpty();
        assertThat(config.checkpoint().enabled()).isTrue();
        assertThat(config.checkpoint().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.checkpoint().keptRuns()).isEqualTo(2_880);
    }

    @Test
    void everyKeyIsRead() {
        // When
        WorkerConfig config = configOf(Map.of(
                "drawdown.instance", "w1",
                "drawdown.checkpoint.enabled", "false",
                "drawdown.checkpoint.interval", "5s",
                "drawdown.checkpoint.kept-runs", "10"));
        // Then
        assertThat(config.instance()).contains("w1");
        assertThat(config.checkpoint().enabled()).isFalse();
        assertThat(config.checkpoint().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.checkpoint().keptRuns()).isEqualTo(10);
    }

    @Test
    void intervalShorterThanATickIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CheckpointLimits.of(Duration.ofMillis(100)));
        assertThatIllegalArgumentException().isThrownBy(() -> CheckpointLimits.of(Duration.ZERO));
    }

    @Test
    void everyKeyIsDocumented() {
        // Given
        SortedMap<String, String> read = DocumentedConfiguration.of(Service.CHECKPOINT_WORKER, WorkerConfig.class);
        // When // Then
        assertThat(DocumentedConfiguration.documented("checkpoint-worker")).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.checkpoint.enabled, ture",
        "drawdown.checkpoint.interval, soon",
        "drawdown.checkpoint.interval, 1h",
        "drawdown.checkpoint.kept-runs, 0",
        "drawdown.instance, a b"
    })
    void mistakeIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> configOf(Map.of(key, value))).hasMessageContaining(key);
    }

    private static WorkerConfig configOf(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(WorkerConfig.class)
                .withValidator(new MappingConstraints())
                .build()
                .getConfigMapping(WorkerConfig.class);
    }
}
