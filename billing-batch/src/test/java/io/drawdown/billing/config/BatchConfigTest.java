package io.drawdown.billing.config;

import io.drawdown.contracts.Service;
import io.drawdown.kit.testing.DocumentedConfiguration;
import io.drawdown.kit.testing.MappingConstraints;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchConfigTest {

    private static final String KEY = "drawdown.batch.worker-secret";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void everyKeyIsDocumented() {
        assertThat(DocumentedConfiguration.documented("billing-batch"))
                .isEqualTo(DocumentedConfiguration.of(
                        Service.BILLING_BATCH,
                        BatchConfig.class,
                        CreditsConfig.class,
                        StripeConfig.class,
                        QueueConfig.class,
                        MailConfig.class));
    }

    @Test
    void defaultsAreThoseOfTheIssue() {
        // When
        BatchConfig.Batch batch = config(Map.of()).batch();
        // Then
        assertThat(batch.budget()).isEqualTo(Duration.ofMinutes(5));
        assertThat(batch.stopMargin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(batch.lateAfter()).isEqualTo(Duration.ofSeconds(250));
        assertThat(batch.schedule()).isEqualTo(BatchConfig.Switch.ON);
        assertThat(batch.workerSecret()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.instance, a b",
        "drawdown.batch.schedule, maybe",
        "drawdown.batch.budget, 0s",
        "drawdown.batch.budget, 2h",
        "drawdown.batch.stop-margin, -1s",
        "drawdown.batch.late-after, soon",
        "drawdown.batch.keep, 1s"
    })
    void mistakeIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .hasMessageContaining(key.substring(0, key.lastIndexOf('.')));
    }

    @Test
    void secretMatchesItselfOnly() {
        // When
        WorkerSecret secret = secret(Map.of(KEY, SECRET));
        // Then
        assertThat(secret.isConfigured()).isTrue();
        assertThat(secret.matches(SECRET)).isTrue();
        assertThat(secret.matches(SECRET + "0")).isFalse();
        assertThat(secret.matches("")).isFalse();
        assertThat(secret(Map.of()).matches("")).isFalse();
    }

    @Test
    void shortSecretIsRefusedWithoutBeingShown() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> secret(Map.of(KEY, "short-secret")))
                .withMessageContaining("DRAWDOWN_BATCH_WORKER_SECRET")
                .withMessageNotContaining("short-secret");
    }

    @Test
    void secretMayBeInAFile(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        // When
        WorkerSecret secret = secret(Map.of(KEY + "-file", file.toString()));
        // Then
        assertThat(secret.matches(SECRET)).isTrue();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        secret(Map.of(KEY + "-file", folder.resolve("none").toString())))
                .withMessageContaining("DRAWDOWN_BATCH_WORKER_SECRET_FILE");
    }

    private static WorkerSecret secret(Map<String, String> properties) {
        return WorkerSecret.of(config(properties).batch());
    }

    private static BatchConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(BatchConfig.class)
                .withValidator(new MappingConstraints())
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(BatchConfig.class);
    }
}
