package io.drawdown.sessions.config;

import io.drawdown.contracts.Service;
import io.drawdown.kit.testing.DocumentedConfiguration;
import io.drawdown.kit.testing.MappingConstraints;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionConfigTest {

    @Test
    void everyKeyIsDocumented() {
        // Given
        SortedMap<String, String> read = DocumentedConfiguration.of(Service.SESSION_SERVICE, SessionConfig.class);
        // When, Then
        assertThat(DocumentedConfiguration.documented("session-service")).isEqualTo(read);
    }

    @Test
    void everyKeySetsItsBound() {
        // When
        SessionConfig config = config(Map.of(
                "drawdown.grace-period", "5s",
                "drawdown.allowed-origins", "https://a.example,https://b.example",
                "drawdown.credits-url", "http://credits:1"));
        // Then
        assertThat(config.gracePeriod()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.allowedOrigins().orElseThrow()).containsExactly("https://a.example", "https://b.example");
        assertThat(config.creditsUrl()).isEqualTo(URI.create("http://credits:1"));
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.grace-period, soon",
        "drawdown.grace-period, 1h",
        "drawdown.session.idle, 0s",
        "drawdown.session.paused-at-most, 0s",
        "drawdown.session.paused-at-most, 11m",
        "drawdown.session.connections, many",
        "drawdown.session.per-account, 257",
        "drawdown.session.per-instance, 0",
        "drawdown.session.connections-per-account, 0",
        "drawdown.session.connects-per-second, 0",
        "drawdown.instance, a b",
        "drawdown.credits-url, localhost:8101",
        "drawdown.credits-url, /api"
    })
    void mistakeIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value))).hasMessageContaining(key);
    }

    private static SessionConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(SessionConfig.class)
                .withValidator(new MappingConstraints())
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(SessionConfig.class);
    }
}
