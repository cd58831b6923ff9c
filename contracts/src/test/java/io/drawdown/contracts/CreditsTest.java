package io.drawdown.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CreditsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000000",
        "1.0, 1000000",
        "0.4, 400000",
        "0.1, 100000",
        "0.000001, 1",
        "-0.000001, -1",
        "1e2, 100000000",
        "100, 100000000",
        "1.10000000, 1100000",
        "0.000000000, 0",
        "8589934592, 8589934592000000",
        "8589934591.999999, 8589934591999999",
        "-8589934592.000000, -8589934592000000"
    })
    void readsExactly(String json, long micros) throws JsonProcessingException {
        // When
        Credits credits = Wire.read(json, Credits.class);
        // Then
        assertThat(credits).isEqualTo(Credits.ofMicros(micros));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.000001",
        "-1, -0.000001",
        "400000, 0.4",
        "1000000, 1",
        "100000000, 100",
        "1500000, 1.5",
        "8589934591999999, 8589934591.999999",
        "8589934592000000, 8589934592"
    })
    void writesAPlainNumberWithoutTrailingZeros(long micros, String json) {
        // When
        String written = Wire.write(Credits.ofMicros(micros));
        // Then
        assertThat(written).isEqualTo(json);
    }

    @Test
    void writtenAmountsAreReadBackExactlyEvenAsDoubles() throws JsonProcessingException {
        for (long micros = 1; micros <= Credits.MAX_MICROS; micros = micros * 3 + 1) {
            assertReadByDoubles(micros);
        }
        for (long below = 0; below < 100_000; below++) {
            assertReadByDoubles(Credits.MAX_MICROS - below);
        }
    }

    /** A double of each of two neighbours is another one, and it is written with the same six decimals. */
    private static void assertReadByDoubles(long micros) throws JsonProcessingException {
        // When
        String written = Wire.write(Credits.ofMicros(micros));
        // Then
        assertThat(Wire.read(written, Credits.class).micros()).isEqualTo(micros);
        double read = Double.parseDouble(written);
        assertThat(new BigDecimal(read).setScale(6, RoundingMode.HALF_EVEN).movePointRight(6))
                .isEqualByComparingTo(BigDecimal.valueOf(micros));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001", "1.2345678", "-0.00000001", "1e-7"})
    void moreThanSixDecimalsAreInvalid(String json) {
        // When // Then
        assertThatExceptionOfType(ValueInstantiationException.class)
                .isThrownBy(() -> Wire.read(json, Credits.class))
                .withCauseInstanceOf(Credits.InvalidAmountException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8589934592.000001",
                "-8589934592.000001",
                "9007199254.740992",
                "1e10",
                "1e2147483647",
                "-1e2147483647",
                "1e999999999",
                "-1e999999999",
                "99999999999999"
            })
    void amountsAboveTheBoundAreOutOfRange(String json) {
        // When // Then
        assertThatExceptionOfType(ValueInstantiationException.class)
                .isThrownBy(() -> Wire.read(json, Credits.class))
                .withCauseInstanceOf(Credits.AmountOutOfRangeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "{}", "[]", "\"abc\""})
    void textThatIsNotANumberIsRefused(String json) {
        // When // Then
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> Wire.read(json, Credits.class));
    }

    @Test
    void arithmeticIsChecked() {
        // Given
        Credits most = Credits.ofMicros(Credits.MAX_MICROS);
        // When // Then
        assertThatExceptionOfType(Credits.AmountOutOfRangeException.class)
                .isThrownBy(() -> most.plus(Credits.ofMicros(1)));
        assertThatExceptionOfType(Credits.AmountOutOfRangeException.class)
                .isThrownBy(() -> most.negated().minus(Credits.ofMicros(1)));
        assertThatExceptionOfType(Credits.AmountOutOfRangeException.class).isThrownBy(() -> most.times(Long.MAX_VALUE));
        assertThatExceptionOfType(Credits.AmountOutOfRangeException.class).isThrownBy(() -> Credits.of(Long.MAX_VALUE));
    }

    @Test
    void addsSubtractsComparesAndNegates() {
        // Given
        Credits three = Credits.of(3);
        Credits half = Credits.of(new BigDecimal("0.5"));
        // When // Then
        assertThat(three.plus(half)).hasToString("3.5");
        assertThat(half.minus(three)).hasToString("-2.5");
        assertThat(half.times(6)).isEqualTo(three);
        assertThat(three.min(half)).isEqualTo(half);
        assertThat(three).isGreaterThan(half);
        assertThat(three.negated().isNegative()).isTrue();
        assertThat(three.isPositive()).isTrue();
        assertThat(Credits.ofMicros(0).isZero()).isTrue();
    }
}
