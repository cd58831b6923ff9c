package io.drawdown.kit.security;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SocketTokenTest {

    @Test
    void onlyTheTokenItselfMatchesItsHash() {
        // Given
        SplittableRandom random = new SplittableRandom(1);
        String token = SocketToken.make(random);
        // When
        String hash = SocketToken.hash(token);
        // Then
        assertThat(token).hasSize(43).doesNotContain("=");
        assertThat(SocketToken.matches(token, hash)).isTrue();
        assertThat(SocketToken.matches(SocketToken.make(random), hash)).isFalse();
        assertThat(SocketToken.matches("", hash)).isFalse();
    }
}
