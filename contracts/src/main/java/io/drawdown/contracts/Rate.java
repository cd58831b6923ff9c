package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The price of metered work: {@code price} for each begun increment of {@code incrementMillis}.
 *
 * @param kind what is metered, e.g. {@code live_dubbing}
 * @param price price of one increment, positive
 * @param incrementMillis length of one increment in milliseconds, positive
 */
public record Rate(String kind, Credits price, long incrementMillis) {

    public Rate {
        if (!price.isPositive() || incrementMillis <= 0) {
            throw new IllegalArgumentException("a rate has a positive price and a positive increment");
        }
    }

    /** The price of the total {@code usedMillis}, rounded once: ⌈used ÷ increment⌉ × price. */
    public Credits priceOf(long usedMillis) {
        return price.times(Math.ceilDiv(usedMillis, incrementMillis));
    }

    /** The milliseconds of whole increments that {@code credits} pays for. */
    public long affordableMillis(Credits credits) {
        return credits.isPositive() ? credits.micros() / price.micros() * incrementMillis : 0;
    }

    /** {@code millis} rounded down to whole increments. */
    public long wholeIncrements(long millis) {
        return Math.floorDiv(millis, incrementMillis) * incrementMillis;
    }

    /** Credits per second, rounded up to a whole micro-credit; for display and estimates, never for a charge. */
    @JsonIgnore
    public Credits perSecond() {
        return Credits.ofMicros(Math.ceilDiv(Math.multiplyExact(price.micros(), 1000L), incrementMillis));
    }
}
