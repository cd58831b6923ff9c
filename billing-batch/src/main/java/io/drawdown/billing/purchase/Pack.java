package io.drawdown.billing.purchase;

import io.drawdown.contracts.Credits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credits for sale. A purchase keeps the pack as it was when it began.
 *
 * @param name see {@link #NAME}
 * @param priceCents in US cents
 * @param validMillis how long the credits are valid, from the payment on; absent: for ever
 */
public record Pack(
        String name,
        long priceCents,
        Credits credits,
        @Nullable Long validMillis) {

    /** What a name looks like. */
    public static final String NAME = "[a-z0-9_]{1,64}";

    public Pack {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("not the name of a pack: " + name);
        }
        if (priceCents < 50 || priceCents > 99_999_999) {
            throw new IllegalArgumentException("the price of pack " + name + " is 50 to 99,999,999 cents");
        }
        if (!credits.isPositive()) {
            throw new IllegalArgumentException("pack " + name + " has no credits");
        }
        if (validMillis != null && validMillis < Duration.ofDays(1).toMillis()) {
            throw new IllegalArgumentException("the credits of pack " + name + " are valid for less than a day");
        }
    }

    /** When credits that were paid at that time expire, in whole milliseconds; null: never. */
    public @Nullable Instant expiry(Instant paidAt) {
        return validMillis == null ? null : Instant.ofEpochMilli(paidAt.toEpochMilli() + validMillis);
    }
}
