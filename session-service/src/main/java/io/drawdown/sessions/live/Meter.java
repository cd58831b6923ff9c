package io.drawdown.sessions.live;

import java.time.Duration;

/**
 * How much of a session has been used. It counts nanoseconds, so that frequent ticks, signs of life or reconnects lose nothing to
 * rounding.
 *
 * <p>It counts only while it serves. It counts nothing later than {@link #SILENCE} after the client's last sign of life,
 * nothing of a gap between two ticks above {@link #GREATEST_GAP} (this process stalled, so nobody was served), nothing
 * beyond what is funded, and nothing after the session's last moment. So the total is never above what was served and
 * paid for. The owner serves exactly while the meter would count: served and counted are the same seconds.
 *
 * @param limit how far it may be served; only a newer one replaces it
 * @param tickedNanos monotonic time up to which usage has been counted
 * @param signNanos monotonic time of the last sign of life
 * @param lastNanos monotonic time after which nothing is counted
 */
record Meter(long usedNanos, Limit limit, boolean serving, long tickedNanos, long signNanos, long lastNanos) {

    static final Duration GREATEST_GAP = Duration.ofSeconds(2);
    static final Duration SILENCE = Duration.ofSeconds(8);

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Nothing is used yet, nobody is served, and the client was just heard. */
    static Meter stopped(Limit limit, long now, long lastNanos) {
        return new Meter(0, limit, false, now, now, lastNanos);
    }

    /** It goes on from that total. */
    Meter from(long usedMillis) {
        long nanos = Math.multiplyExact(usedMillis, NANOS_PER_MILLI);
        return new Meter(nanos, limit, serving, tickedNanos, signNanos, lastNanos);
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
        return new Meter(used, limit, serving, now, signNanos, lastNanos);
    }

    Meter signOfLife(long now) {
        Meter counted = tick(now);
        return new Meter(counted.usedNanos, limit, serving, counted.tickedNanos, now, lastNanos);
    }

    Meter serve(long now) {
        Meter counted = tick(now);
        return new Meter(counted.usedNanos, limit, true, counted.tickedNanos, signNanos, lastNanos);
    }

    Meter stop(long now) {
        Meter counted = tick(now);
        return new Meter(counted.usedNanos, limit, false, counted.tickedNanos, signNanos, lastNanos);
    }

    /** A limit that is not newer changes nothing. */
    Meter fund(Limit next) {
        return limit.isBefore(next) ? new Meter(usedNanos, next, serving, tickedNanos, signNanos, lastNanos) : this;
    }

    long fundedMillis() {
        return limit.fundedMillis();
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

    /** How long until the client is silent, from the moment up to which usage has been counted. */
    Duration untilSilence() {
        return SILENCE.minusNanos(tickedNanos - signNanos);
    }

    /** How long it can still serve. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, fundedNanos() - usedNanos));
    }

    private long fundedNanos() {
        return Math.multiplyExact(limit.fundedMillis(), NANOS_PER_MILLI);
    }
}
