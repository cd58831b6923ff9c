package io.drawdown.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RateTest {

    private final Rate perSecond = rate("0.8", 1_000);

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.8", "999, 0.8", "1000, 0.8", "1001, 1.6", "60000, 48", "3600000, 2880"})
    void aBegunIncrementIsPaidInFull(long usedMillis, String price) {
        // When
        Credits charged = perSecond.priceOf(usedMillis);
        // Then
        assertThat(charged).hasToString(price);
    }

    @Test
    void roundingOnTheTotalChargesNoMoreForManyReportsThanForOne() {
        // Given
        Credits charged = Credits.ZERO;
        // When
        for (long used = 1; used <= 60_000; used += 7) {
            charged = charged.plus(perSecond.priceOf(used).minus(charged));
        }
        // Then
        assertThat(charged).isEqualTo(perSecond.priceOf(60_000));
    }

    @Test
    void perSecondIsRoundedUpToAMicroCredit() {
        // When // Then
        assertThat(rate("1", 60_000).perSecond()).hasToString("0.016667");
        assertThat(perSecond.perSecond()).hasToString("0.8");
    }

    @Test
    void aRateIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> rate("0", 1_000));
        assertThatIllegalArgumentException().isThrownBy(() -> rate("-1", 1_000));
        assertThatIllegalArgumentException().isThrownBy(() -> rate("1", 0));
    }

    @Test
    void theJsonOfARateHasThreeFields() throws JsonProcessingException {
        // When
        String json = Wire.write(perSecond);
        // Then
        assertThat(json).isEqualTo("{\"kind\":\"live_dubbing\",\"price\":0.8,\"increment_millis\":1000}");
        assertThat(Wire.read(json, Rate.class)).isEqualTo(perSecond);
    }

    private static Rate rate(String price, long incrementMillis) {
        return new Rate("live_dubbing", Credits.of(new BigDecimal(price)), incrementMillis);
    }
}
