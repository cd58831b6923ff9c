package io.drawdown.sessions.live;

import io.drawdown.contracts.HoldView;

/**
 * How far a session may be served in its epoch. Of two limits the one with the greater cut is newer; of one cut, the one with
 * more funded time is.
 *
 * @param cut how often funded time was given back
 * @param fundedMillis usage that is paid for
 */
record Limit(long cut, long fundedMillis) {

    static Limit of(HoldView hold) {
        return new Limit(hold.cut(), hold.fundedMillis());
    }

    boolean isBefore(Limit other) {
        return cut < other.cut || (cut == other.cut && fundedMillis < other.fundedMillis);
    }

    /** Whether more is funded than the increments that this total has begun. */
    boolean isBeyond(long usedMillis, long incrementMillis) {
        return fundedMillis > Math.ceilDiv(usedMillis, incrementMillis) * incrementMillis;
    }

    /** The next cut, at this total in whole increments, or where it is if that is less. */
    Limit loweredTo(long millis, long incrementMillis) {
        long wanted = Math.ceilDiv(millis, incrementMillis) * incrementMillis;
        return new Limit(cut + 1, Math.min(wanted, fundedMillis));
    }
}
