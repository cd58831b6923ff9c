package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a balance lasts: sessions pay for begun increments, of their own price and length each. */
public final class Runway {

    /** A hundred years: longer than anybody asks for. */
    private static final long MOST_SECONDS = 100L * 365 * 24 * 60 * 60;

    private static final int MILLIS = 1_000;

    private Runway() {}

    /** The greatest number of whole seconds that all of them can go on together; null if there are none. */
    public static @Nullable Long seconds(List<Hold> holds, Credits balance) {
        if (holds.isEmpty()) {
            return null;
        }
        long lasts = 0;
        long tooLong = MOST_SECONDS + 1;
        while (tooLong - lasts > 1) {
            long middle = lasts + (tooLong - lasts) / 2;
            if (isPaid(holds, balance, middle * MILLIS)) {
                lasts = middle;
            } else {
                tooLong = middle;
            }
        }
        return lasts;
    }

    /** Whether the balance pays for so much more of each. */
    private static boolean isPaid(List<Hold> holds, Credits balance, long moreMillis) {
        long left = balance.micros();
        for (Hold hold : holds) {
            Rate rate = hold.rate();
            long increments = Math.ceilDiv(hold.usedMillis() + moreMillis, rate.incrementMillis())
                    - Math.ceilDiv(hold.usedMillis(), rate.incrementMillis());
            if (increments > left / rate.price().micros()) {
                return false;
            }
            left -= increments * rate.price().micros();
        }
        return true;
    }
}
