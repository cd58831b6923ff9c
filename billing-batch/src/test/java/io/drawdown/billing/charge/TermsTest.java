package io.drawdown.billing.charge;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What may be charged. */
class TermsTest {

    private static Terms of(long cents, String currency) {
        return new Terms("team-1", cents, currency, "item:1", true);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50, 799, 99_999_999})
    void anAmountIsNothingOrWithinTheBoundsOfStripe(long cents) {
        // When, then
        assertThat(of(cents, "usd").amountCents()).isEqualTo(cents);
    }

    @ParameterizedTest
    @ValueSource(longs = {-799, -1, 1, 49, 100_000_000, Long.MAX_VALUE})
    void anyOtherAmountIsRefused(long cents) {
        // When, then
        assertThatThrownBy(() -> of(cents, "usd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherCurrencyIsRefused() {
        // When, then
        assertThatThrownBy(() -> of(799, "eur")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(799, "USD")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdThatIsNoPartOfAKeyIsRefused() {
        // When, then
        assertThatThrownBy(() -> Charge.queued("a b", of(0, "usd"), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
