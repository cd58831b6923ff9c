package io.drawdown.billing.purchase;

import io.drawdown.billing.charge.ChargeState.Receipt;
import io.drawdown.billing.charge.StripeAccount;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a purchase is beside its charge:
 *
 * <pre>
 * Open → Paid → Granted
 *  │ │     └──→ Refunding → Refunded        the account takes no credits any more
 *  │ └→ Dead
 *  └──→ Failed
 * </pre>
 *
 * What a call needs is stored before it is made. Both calls may be made again, and by two at once: the grant has a key for ever, and
 * a refund of the whole sum is given once at most.
 */
public sealed interface PurchaseState {

    /** Under which names the variants are stored. */
    Map<String, Class<? extends PurchaseState>> NAMES = Map.of(
            "OPEN", Open.class,
            "PAID", Paid.class,
            "GRANTED", Granted.class,
            "REFUNDING", Refunding.class,
            "REFUNDED", Refunded.class,
            "FAILED", Failed.class,
            "DEAD", Dead.class);

    /** Its charge says where it is. */
    record Open(Instant since) implements PurchaseState {}

    /**
     * The money was taken; the credits must be given.
     *
     * @param account at Stripe, which has the money
     * @param expiresAt of the credits; absent: never
     * @param tries how often credits-service was asked in vain
     */
    record Paid(StripeAccount account, @Nullable Instant expiresAt, Instant at, int tries, Instant nextTry)
            implements PurchaseState {}

    /** @param seq of the row in the ledger of the account that gave the credits */
    record Granted(long seq, Instant at) implements PurchaseState {}

    /**
     * Credits-service has refused the grant for ever; the money must be given back.
     *
     * @param reason of the refusal
     * @param tries how often Stripe was asked in vain
     */
    record Refunding(Refund refund, String reason, int tries, Instant nextTry) implements PurchaseState {}

    /** @param refund Stripe's id; absent if the money had been given back already */
    record Refunded(@Nullable String refund, String reason, Instant at) implements PurchaseState {}

    /** No money was taken, and none will be. */
    record Failed(String reason, Instant at) implements PurchaseState {}

    /** Its charge is dead: a person must look. */
    record Dead(Instant at) implements PurchaseState {}

    /**
     * A refund of the whole sum, as it is stored before it is asked for.
     *
     * @param n its number; each has another key, for Stripe forgets a key after 24 h
     * @param keyAt when the key was made
     */
    record Refund(
            String purchase, String intent, long amountCents, StripeAccount account, int n, String key, Instant keyAt) {

        static Refund of(String purchase, Receipt receipt, StripeAccount account, Instant now) {
            return new Refund(purchase, receipt.intent(), receipt.amountCents(), account, 1, keyOf(purchase, 1), now);
        }

        Refund anew(Instant now) {
            return new Refund(purchase, intent, amountCents, account, n + 1, keyOf(purchase, n + 1), now);
        }

        private static String keyOf(String purchase, int n) {
            return purchase + "-refund-" + n;
        }
    }
}
