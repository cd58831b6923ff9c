package io.drawdown.billing.charge.engine;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param call the longest call, with what is stored after it
 * @param claim how long a call of another runner is left alone; longer than {@code call}
 * @param key how old a key may be when it is sent; Stripe forgets one after 24 h
 * @param pause before what is unknown is looked at again
 */
record Limits(Duration call, Duration claim, Duration key, Duration pause) {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** A call is begun in the first half of its claim. */
    static Limits of(Duration longestCall) {
        return new Limits(longestCall, longestCall.multipliedBy(2).plus(PAUSE), Duration.ofHours(23), PAUSE);
    }
}
