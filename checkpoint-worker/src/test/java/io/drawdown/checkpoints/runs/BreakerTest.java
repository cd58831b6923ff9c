package io.drawdown.checkpoints.runs;

import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {

    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(1);

    @Test
    void oneSuccessBetweenFailuresKeepsItClosed() {
        // Given
        Breaker breaker = failed(Breaker.closed(), Breaker.FAILURES - 1, 0);
        // When
        breaker = failed(breaker.succeeded(), Breaker.FAILURES - 1, 0);
        // Then
        assertThat(breaker.allows(0)).isTrue();
    }

    @Test
    void failuresInARowOpenItForAPause() {
        // When
        Breaker breaker = failed(Breaker.closed(), Breaker.FAILURES, 0);
        // Then
        assertThat(breaker.allows(SECOND / 2 - 1)).isFalse();
        assertThat(breaker.allows(2 * SECOND)).isTrue();
    }

    @Test
    void afterThePauseOneRecordProbes() {
        // Given
        Breaker open = failed(Breaker.closed(), Breaker.FAILURES, 0);
        // When
        Breaker probing = open.sending();
        // Then
        assertThat(probing.allows(100 * SECOND)).isFalse();
        assertThat(probing.succeeded().allows(0)).isTrue();
    }

    @Test
    void everyFailedProbeDoublesThePauseUpToABound() {
        // Given
        Breaker breaker = failed(Breaker.closed(), Breaker.FAILURES, 0);
        // When
        for (int probe = 0; probe < 10; probe++) {
            breaker = breaker.sending().failed(0, random);
        }
        // Then
        assertThat(breaker).isInstanceOfSatisfying(Breaker.Open.class, open -> {
            assertThat(open.pause()).isEqualTo(Breaker.LONGEST_PAUSE);
            assertThat(open.untilNanos()).isBetween(4 * SECOND, 12 * SECOND);
        });
    }

    private Breaker failed(Breaker breaker, int times, long nanos) {
        Breaker next = breaker;
        for (int i = 0; i < times; i++) {
            next = next.failed(nanos, random);
        }
        return next;
    }
}
