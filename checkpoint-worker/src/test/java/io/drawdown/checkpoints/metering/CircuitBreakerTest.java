package io.drawdown.checkpoints.metering;

import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerTest {

    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(1);

    @Test
    void oneSuccessBetweenFailuresKeepsItClosed() {
        // Given
        CircuitBreaker circuit = failed(CircuitBreaker.closed(), CircuitBreaker.FAILURES - 1, 0);
        // When
        circuit = failed(circuit.succeeded(), CircuitBreaker.FAILURES - 1, 0);
        // Then
        assertThat(circuit.allows(0)).isTrue();
    }

    @Test
    void failuresInARowOpenItForAPause() {
        // When
        CircuitBreaker circuit = failed(CircuitBreaker.closed(), CircuitBreaker.FAILURES, 0);
        // Then
        assertThat(circuit.allows(SECOND / 2 - 1)).isFalse();
        assertThat(circuit.allows(2 * SECOND)).isTrue();
    }

    @Test
    void afterThePauseOneRecordProbes() {
        // Given
        CircuitBreaker open = failed(CircuitBreaker.closed(), CircuitBreaker.FAILURES, 0);
        // When
        CircuitBreaker probing = open.sending();
        // Then
        assertThat(probing.allows(100 * SECOND)).isFalse();
        assertThat(probing.succeeded().allows(0)).isTrue();
    }

    @Test
    void everyFailedProbeDoublesThePauseUpToABound() {
        // Given
        CircuitBreaker circuit = failed(CircuitBreaker.closed(), CircuitBreaker.FAILURES, 0);
        // When
        for (int probe = 0; probe < 10; probe++) {
            circuit = circuit.sending().failed(0, random);
        }
        // Then
        assertThat(circuit).isInstanceOfSatisfying(CircuitBreaker.Open.class, open -> {
            assertThat(open.untilNanos()).isBetween(4 * SECOND, 8 * SECOND);
        });
    }

    private CircuitBreaker failed(CircuitBreaker circuit, int times, long nanos) {
        CircuitBreaker next = circuit;
        for (int i = 0; i < times; i++) {
            next = next.failed(nanos, random);
        }
        return next;
    }
}
