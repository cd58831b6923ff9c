package io.drawdown.kit.idempotency;

import io.drawdown.contracts.Credits;
import io.drawdown.kit.problem.ProblemException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeysTest {

    @Test
    void keyIsOneAccountsAndOneNamespaces() {
        // When
        String hash = IdempotencyKey.ofClient("ada", "k").hash();
        // Then
        assertThat(hash)
                .hasSize(32)
                .isEqualTo(IdempotencyKey.ofClient("ada", "k").hash());
        assertThat(IdempotencyKey.ofClient("bob", "k").hash()).isNotEqualTo(hash);
        assertThat(IdempotencyKey.internal("ada", "k").hash()).isNotEqualTo(hash);
        assertThat(IdempotencyKey.ofClient("a", "dak").hash()).isNotEqualTo(hash);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "two words", "tab\t", "ümlaut", "\u0000"})
    void keyOutsideVisibleAsciiIsRefused(String key) {
        assertThatThrownBy(() -> IdempotencyKey.ofClient("ada", key)).isInstanceOf(ProblemException.class);
    }

    @Test
    void keyHasAtMost255Characters() {
        assertThat(IdempotencyKey.isSane("x".repeat(255))).isTrue();
        assertThat(IdempotencyKey.isSane("x".repeat(256))).isFalse();
        assertThat(IdempotencyKey.isSane("..")).as("no path can name it").isFalse();
    }

    @Test
    void requestHashDependsOnTheMeaningNotTheSpelling() {
        // Given
        record Body(String meter, Credits amount) {}
        String hash = RequestHash.of("POST", "/a", new Body("m", Credits.of(1)));
        // Then
        assertThat(RequestHash.of("POST", "/a", new TreeMap<>(Map.of("meter", "m", "amount", 1))))
                .isEqualTo(hash);
        assertThat(RequestHash.of("POST", "/a", new Body("m", Credits.of(new BigDecimal("1.0")))))
                .isEqualTo(hash);
        assertThat(RequestHash.of("POST", "/b", new Body("m", Credits.of(1)))).isNotEqualTo(hash);
        assertThat(RequestHash.of("PUT", "/a", new Body("m", Credits.of(1)))).isNotEqualTo(hash);
        assertThat(RequestHash.of("POST", "/a", new Body("m", Credits.of(2)))).isNotEqualTo(hash);
    }
}
