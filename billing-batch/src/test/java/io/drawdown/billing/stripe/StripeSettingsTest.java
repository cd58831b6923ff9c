package io.drawdown.billing.stripe;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which keys go to which addresses. */
class StripeSettingsTest {

    private static final String LONG = "0123456789abcdef0123456789abcdef";

    private static StripeSettings settings(String key, URI address) {
        return new StripeSettings(
                key, address, Duration.ofSeconds(2), Duration.ofSeconds(20), new StripeSettings.Rates(25, 100), 128);
    }

    @Test
    void aLiveKeyGoesToStripeOnly() {
        // When
        StripeSettings settings = settings("rk_live_" + LONG, StripeSettings.LIVE_BASE);
        // Then
        assertThat(settings.livemode()).isTrue();
    }

    @Test
    void aTestKeyMayGoElsewhere() {
        // When
        StripeSettings settings = settings("sk_test_" + LONG, URI.create("http://127.0.0.1:8107"));
        // Then
        assertThat(settings.livemode()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8107",
                "http://api.stripe.com",
                "https://api.stripe.com:8443",
                "https://api.stripe.com.evil.example",
                "https://api.stripe.com@evil.example"
            })
    void aLiveKeyIsRefusedForAnyOtherAddress(String address) {
        // When, then
        for (String kind : new String[] {"sk", "rk"}) {
            assertThatThrownBy(() -> settings(kind + "_live_" + LONG, URI.create(address)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(LONG);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rk_live_short",
        "rk_test_short",
        "sk_test_short",
        "sk_live_" + LONG,
        "pk_test_" + LONG,
        "whsec_1",
        "''",
        "sk_other_1",
        "'sk_test_a b'"
    })
    void aBadKeyIsRefusedWithoutBeingShown(String key) {
        // When, then
        assertThatThrownBy(() -> settings(key, StripeSettings.LIVE_BASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(key.isEmpty() ? "no key" : key);
    }

    @Test
    void theKeyIsNotShown() {
        // When
        String shown = settings("sk_test_" + LONG, StripeSettings.LIVE_BASE).toString();
        // Then
        assertThat(shown).doesNotContain(LONG);
    }
}
