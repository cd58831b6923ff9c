package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The price of metered work: {@code price} for each begun increment of {@code incrementMillis}.
 *
 * @param kind the kind of session, a {@link TariffName}, e.g. {@code live_dubbing}
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

    /** Credits per second, rounded up to a whole micro-credit; for display and estimates, never for a charge. */
    @JsonIgnore
    public Credits perSecond() {
        return Credits.ofMicros(Math.ceilDiv(Math.multiplyExact(price.micros(), 1000L), incrementMillis));
    }
}
