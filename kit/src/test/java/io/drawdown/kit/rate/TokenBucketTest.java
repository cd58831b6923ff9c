package io.drawdown.kit.rate;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenBucketTest {

    private static final long START = Long.MAX_VALUE - 1_000; // the monotonic clock may overflow
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TokenBucket bucket = new TokenBucket(10, 5, START);

    @Test
    void burstIsTakenAtOnceAndNoMore() {
        // When
        long[] waits =
                IntStream.range(0, 6).mapToLong(each -> bucket.take(START)).toArray();
        // Then
        assertThat(waits).containsExactly(0, 0, 0, 0, 0, SECOND / 10);
    }

    @Test
    void tokenComesBackAtTheRate() {
        // Given
        IntStream.range(0, 5).forEach(each -> bucket.take(START));
        // When, Then
        assertThat(bucket.take(START + SECOND / 10 - 1)).isOne();
        assertThat(bucket.take(START + SECOND / 10)).isZero();
        assertThat(bucket.take(START + SECOND / 10)).isPositive();
    }

    @Test
    void quietCallerHasOneBurstAndNotMore() {
        // Given
        IntStream.range(0, 5).forEach(each -> bucket.take(START));
        // When
        long taken = IntStream.range(0, 100)
                .filter(each -> bucket.take(START + 3_600 * SECOND) == 0)
                .count();
        // Then
        assertThat(taken).isEqualTo(5);
    }
}
