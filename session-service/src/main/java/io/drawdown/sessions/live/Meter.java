package io.drawdown.sessions.live;

import java.time.Duration;

/**
 * How much of a session has been used, in nanoseconds, so that no pace of ticks, signs or reconnects loses anything to
 * rounding.
 *
 * <p>It counts only while it serves, and of the time between two ticks only what lies within {@link #SILENCE} of the
 * client's last sign of life; nothing of a gap above {@link #GREATEST_GAP} (this process stalled, so nobody was
 * served); never beyond what is funded; and nothing after the session's last moment. So the total is never above what was
 * served and paid for. What is served and what is counted are the same seconds: the owner serves exactly while the meter
 * would count.
 *
 * @param fundedMillis usage that is paid for; only rises
 * @param tickedNanos monotonic time up to which usage has been counted
 * @param signNanos monotonic time of the last sign of life
 * @param lastNanos monotonic time after which nothing is counted
 */
record Meter(long usedNanos, long fundedMillis, boolean serving, long tickedNanos, long signNanos, long lastNanos) {

    static final Duration GREATEST_GAP = Duration.ofSeconds(2);
    static final Duration SILENCE = Duration.ofSeconds(8);

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Nothing used, not serving, the client just heard. */
    static Meter stopped(long fundedMillis, long now, long lastNanos) {
        return new Meter(0, fundedMillis, false, now, now, lastNanos);
    }

    /** Counts up to now. */
    Meter tick(long now) {
        long elapsed = now - tickedNanos;
        if (elapsed <= 0) {
            return this;
        }
        long audible = SILENCE.toNanos() - (tickedNanos - signNanos);
        long countable = Math.min(audible, lastNanos - tickedNanos);
        boolean counts = serving && elapsed <= GREATEST_GAP.toNanos();
        long counted = counts ? Math.clamp(countable, 0, elapsed) : 0;
        long used = Math.min(usedNanos + counted, Math.max(usedNanos, fundedNanos()));
        return new Meter(used, fundedMillis, serving, now, signNanos, lastNanos);
    }

    Meter sign(long now) {
        Meter counted = tick(now);
        return new Meter(counted.usedNanos, fundedMillis, serving, counted.tickedNanos, now, lastNanos);
    }

    Meter serve(long now) {
        Meter counted = tick(now);
        return new Meter(counted.usedNanos, fundedMillis, true, counted.tickedNanos, signNanos, lastNanos);
    }

    Meter stop(long now) {
        Meter counted = tick(now);
        return new Meter(counted.usedNanos, fundedMillis, false, counted.tickedNanos, signNanos, lastNanos);
    }

    /** Of two figures of one epoch the greater is the later one. */
    Meter fund(long millis) {
        return millis <= fundedMillis ? this : new Meter(usedNanos, millis, serving, tickedNanos, signNanos, lastNanos);
    }

    /** The total in whole milliseconds, for reports; the rest stays here. */
    long usedMillis() {
        return usedNanos / NANOS_PER_MILLI;
    }

    boolean isAtLimit() {
        return usedNanos >= fundedNanos();
    }

    boolean isSilent() {
        return !untilSilence().isPositive();
    }

    /** How long the last sign of life is still good for, from the moment up to which usage has been counted. */
    Duration untilSilence() {
        return SILENCE.minusNanos(tickedNanos - signNanos);
    }

    /** How long it can still serve. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, fundedNanos() - usedNanos));
    }

    private long fundedNanos() {
        return Math.multiplyExact(fundedMillis, NANOS_PER_MILLI);
    }
}
