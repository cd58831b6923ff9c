package io.drawdown.billing.payer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payer at Stripe.
 *
 * @param id Stripe's; once it is stored, the same until Stripe does not know it any more. Absent until then, and after
 * @param opening the request that asks for it, stored before it is made; absent once it has an id
 */
public record Customer(@Nullable String id, @Nullable Opening opening) {

    /** Stripe does not know them any more; no request for another one is stored. */
    static final Customer NONE = new Customer(null, null);

    /** @param key may be sent again as it is while it is young */
    public record Opening(String key, Instant keyAt) {

        private static final Duration LONGEST = Duration.ofHours(23);

        static Opening of(String token, Instant now) {
            return new Opening("customer-" + token, now);
        }

        boolean isOld(Instant now) {
            return !now.isBefore(keyAt.plus(LONGEST));
        }
    }

    static Customer of(String id) {
        return new Customer(id, null);
    }

    static Customer asked(Opening opening) {
        return new Customer(null, opening);
    }
}
