package io.drawdown.tasks.task;

import io.drawdown.tasks.task.Spec.Sender;
import io.drawdown.tasks.task.Spec.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void backoffIsAnythingUpToAStepThatDoublesToTheLongest() {
        // Given
        long[] steps = {2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (int retries = 0; retries < steps.length; retries++) {
            long longest = 0;
            long shortest = Long.MAX_VALUE;
            // When
            for (int draw = 0; draw < 2_000; draw++) {
                long millis = Policy.DEFAULT.backoff(retries, random).toMillis();
                longest = Math.max(longest, millis);
                shortest = Math.min(shortest, millis);
            }
            // Then
            assertThat(longest).isBetween(steps[retries] * 9 / 10, steps[retries]);
            assertThat(shortest).isLessThan(steps[retries] / 10);
        }
    }

    @Test
    void manyRetriesDoNotOverflow() {
        // When
        Duration delay = Policy.DEFAULT.backoff(1_000_000, random);
        // Then
        assertThat(delay).isLessThanOrEqualTo(Policy.DEFAULT.longestBackoff());
    }

    @Test
    void aTaskHasItsOwnTermsWhereItsSenderAskedForThem() {
        // Given
        Terms terms = new Terms(7, 500L, null, null, 60_000L, null, null);
        // When
        Policy own = Policy.DEFAULT.with(terms);
        // Then
        assertThat(own)
                .isEqualTo(new Policy(
                        7,
                        Duration.ofMillis(500),
                        Policy.DEFAULT.firstBackoff(),
                        Policy.DEFAULT.longestBackoff(),
                        Duration.ofMinutes(1),
                        Policy.DEFAULT.keep()));
        assertThat(Policy.DEFAULT.with(null)).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void anIdempotencyKeyIsRememberedForADayHoweverShortlyTheRecordIsKept() {
        // Given
        Policy brief = Policy.DEFAULT.with(new Terms(null, null, null, null, null, 1_000L, null));
        Instant over = AT.plusSeconds(5);
        // When
        Instant keyed = brief.removeAt(spec("hash"), over);
        Instant keyless = brief.removeAt(spec(null), over);
        // Then
        assertThat(keyed).isEqualTo(AT.plus(Duration.ofHours(24)));
        assertThat(keyless).isEqualTo(over.plusSeconds(1));
    }

    private static Spec spec(@Nullable String requestHash) {
        return new Spec("echo", "{}", Lane.NORMAL, "t", new Sender("s", AT, requestHash, null), null, null);
    }
}
