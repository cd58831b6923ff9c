package io.drawdown.billing.charge;

import org.jspecify.annotations.Nullable;

/**
 * The one PaymentIntent of a charge, as far as it is known. Whatever happens, an intent takes its amount once at most; so a
 * charge that has one intent at a time, and asks for the next only when this one reads {@code canceled}, is never taken twice.
 *
 * @param attempts how many confirmations were stored; the number of the latest
 * @param latestCharge Stripe's id of the latest attempt that it had, when it was last seen; absent if none
 */
public record Intent(
        String id, int gen, int attempts, @Nullable String latestCharge, Frozen frozen) {

    Intent tried() {
        return new Intent(id, gen, attempts + 1, latestCharge, frozen);
    }

    Intent seen(@Nullable String charge) {
        return new Intent(id, gen, attempts, charge == null ? latestCharge : charge, frozen);
    }
}
