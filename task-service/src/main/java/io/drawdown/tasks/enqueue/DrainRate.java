package io.drawdown.tasks.enqueue;

import io.drawdown.kit.time.Time;

/**
 * How fast inserts are acknowledged while any wait, over the last {@value #LONGEST_SECONDS} s or less. Belongs to the thread of the
 * core.
 */
final class DrainRate {

    private static final int LONGEST_SECONDS = 10;
    private static final int MOST_SECONDS = 60;
    private static final double NANOS = 1e9;

    private final Time time;
    private long sinceNanos;
    private double count;

    DrainRate(Time time) {
        this.time = time;
    }

    /** Inserts wait from now on, and none did before. */
    void began() {
        sinceNanos = time.nanos();
        count = 0;
    }

    /** One more is acknowledged or has failed. When the time is up, half of it is forgotten. */
    void ended() {
        count++;
        long now = time.nanos();
        if (now - sinceNanos > LONGEST_SECONDS * NANOS) {
            sinceNanos = now - (now - sinceNanos) / 2;
            count /= 2;
        }
    }

    /** In how many seconds so many will have ended, from 1 to 60. If none has ended yet: as long as they have waited. */
    int secondsFor(int waiting) {
        double elapsed = (time.nanos() - sinceNanos) / NANOS;
        double seconds = count == 0 ? elapsed : waiting * elapsed / count;
        return (int) Math.clamp(Math.ceil(seconds), 1, MOST_SECONDS);
    }
}
