package io.drawdown.billing.stripe;

import io.drawdown.billing.config.StripeConfig;
import io.drawdown.kit.testing.MappingConstraints;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The client of Stripe as it is configured. */
class StripeClientsTest {

    private static final String KEY = "drawdown.stripe.secret-key";
    private static final String LIVE = "rk_live_0123456789abcdef0123456789abcdef";

    private static StripeConfig.Stripe config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(StripeConfig.class)
                .withValidator(new MappingConstraints())
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(StripeConfig.class)
                .stripe();
    }

    @Test
    void withoutAKeyNothingIsCharged() {
        // When, then
        assertThat(StripeClients.settings(config(Map.of()))).isEmpty();
        assertThat(StripeClients.settings(config(Map.of(KEY, "")))).isEmpty();
    }

    @Test
    void defaultsStayBelowTheStopMargin() {
        // When
        StripeSettings settings =
                StripeClients.settings(config(Map.of(KEY, LIVE))).orElseThrow();
        // Then
        assertThat(settings.apiBase()).isEqualTo(URI.create("https://api.stripe.com"));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.readTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.rates()).isEqualTo(new StripeSettings.Rates(25, 100));
        assertThat(settings.longestCall()).isEqualTo(Duration.ofSeconds(27));
    }

    @Test
    void theLongestCallFitsIntoARequest() {
        // When
        StripeSettings settings = StripeClients.settings(config(Map.of(
                        KEY, LIVE, "drawdown.stripe.read-timeout", "40s", "drawdown.stripe.connect-timeout", "5s")))
                .orElseThrow();
        // Then
        assertThat(settings.longestCall()).isLessThanOrEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void aLiveKeyWithAForeignAddressStopsTheStart() {
        // Given
        StripeConfig.Stripe config = config(Map.of(KEY, LIVE, "drawdown.stripe.api-base", "http://127.0.0.1:8107"));
        // When, then
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> StripeClients.settings(config))
                .withMessageContaining("STRIPE_API_BASE")
                .withMessageNotContaining(LIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "drawdown.stripe.read-timeout, 0s",
        "drawdown.stripe.read-timeout, 41s",
        "drawdown.stripe.connect-timeout, 6s",
        "drawdown.stripe.connect-timeout, soon",
        "drawdown.stripe.calls, 0",
        "drawdown.stripe.calls-per-endpoint, many",
        "drawdown.stripe.connections, 0",
        "drawdown.stripe.webhook-tolerance, 0s",
        "drawdown.stripe.keep-events, 30d",
        "drawdown.stripe.confirm-link-lifetime, 31d"
    })
    void aMistakeIsRefusedByItsKey(String key, String value) {
        // When, then
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .hasMessageContaining(key.substring(0, key.lastIndexOf('.')));
    }

    @Test
    void aSecretOfTheWebhookThatCouldBeGuessedStopsTheStart() {
        // Given
        StripeConfig.Stripe config = config(Map.of("drawdown.stripe.webhook-secret-previous", "whsec_short"));
        // When, then
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> StripeClients.signatures(config))
                .withMessageContaining("STRIPE_WEBHOOK_SECRET_PREVIOUS")
                .withMessageNotContaining("whsec_short");
        assertThat(StripeClients.signatures(config(Map.of("drawdown.stripe.webhook-secret", "")))
                        .isConfigured())
                .isFalse();
    }
}
