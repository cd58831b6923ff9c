package io.drawdown.billing.item.engine;

import java.time.Duration;

/**
 * How items are treated.
 *
 * @param priceCents of an item that names none
 * @param expiry how long an item may be queued
 */
public record ItemSettings(long priceCents, Duration expiry) {

    private static final long LEAST_CENTS = 50;

    public ItemSettings {
        if (priceCents < 0 || (priceCents > 0 && priceCents < LEAST_CENTS)) {
            throw new IllegalArgumentException("the price of an item is 0, or at least " + LEAST_CENTS + " cents");
        }
    }

    public static final ItemSettings DEFAULT = new ItemSettings(799, Duration.ofDays(30));
}
