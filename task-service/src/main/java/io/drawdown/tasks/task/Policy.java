package io.drawdown.tasks.task;

import io.drawdown.tasks.task.Spec.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of a type are attempted, and how long they are kept.
 *
 * @param retries after the first attempt
 * @param timeout of one attempt
 * @param firstBackoff the longest delay before the first retry; it doubles with each retry
 * @param longestBackoff the longest delay before any retry
 * @param resultTtl how long a result is kept
 * @param keep how long the record is kept once the task is over
 */
public record Policy(
        int retries,
        Duration timeout,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration resultTtl,
        Duration keep) {

    public static final Policy DEFAULT = new Policy(
            3,
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofDays(7));

    /** An idempotency key is remembered for so long at least. */
    private static final Duration KEYED = Duration.ofHours(24);

    private static final int MOST_DOUBLINGS = 30;

    /** This policy with what the sender of a task asked for instead. */
    public Policy with(@Nullable Terms terms) {
        return terms == null
                ? this
                : new Policy(
                        terms.retries() == null ? retries : terms.retries(),
                        millis(terms.timeoutMillis(), timeout),
                        millis(terms.firstBackoffMillis(), firstBackoff),
                        millis(terms.longestBackoffMillis(), longestBackoff),
                        millis(terms.resultTtlMillis(), resultTtl),
                        millis(terms.keepMillis(), keep));
    }

    private static Duration millis(@Nullable Long given, Duration otherwise) {
        return given == null ? otherwise : Duration.ofMillis(given);
    }

    /**
     * The delay before the next attempt: anything up to a step that doubles with each retry ("full jitter", M. Brooker, <a
     * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And Jitter</a>).
     * Draws one random number.
     *
     * @param retries so many retries have been made
     */
    Duration backoff(int retries, RandomGenerator random) {
        long step = firstBackoff.toMillis() << Math.min(retries, MOST_DOUBLINGS);
        boolean isLongest = step <= 0 || step > longestBackoff.toMillis();
        return Duration.ofMillis(random.nextLong((isLongest ? longestBackoff.toMillis() : step) + 1));
    }

    Instant removeAt(Spec spec, Instant over) {
        Instant kept = over.plus(keep);
        Instant keyed = spec.sender().createdAt().plus(KEYED);
        return spec.sender().requestHash() != null && keyed.isAfter(kept) ? keyed : kept;
    }
}
