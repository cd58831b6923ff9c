package io.drawdown.billing.charge;

import org.jspecify.annotations.Nullable;

/**
 * A PaymentIntent as Stripe shows it.
 *
 * @param latestCharge its latest attempt, successful or not; absent before the first
 * @param lastDecline why the latest attempt failed, unless it succeeded
 * @param lastCard the card of the latest attempt, if that failed and Stripe shows it; in person any card may be tried
 * @param paidBy the payment method that paid, if Stripe shows it
 */
public record IntentView(
        String id,
        Status status,
        long amountCents,
        String currency,
        @Nullable String latestCharge,
        @Nullable Decline lastDecline,
        @Nullable Card lastCard,
        @Nullable String paidBy) {

    /** Whose card is not shown. */
    public IntentView(
            String id,
            Status status,
            long amountCents,
            String currency,
            @Nullable String latestCharge,
            @Nullable Decline lastDecline) {
        this(id, status, amountCents, currency, latestCharge, lastDecline, null, null);
    }

    /** Stripe's, in capitals. */
    public enum Status {
        REQUIRES_PAYMENT_METHOD,
        REQUIRES_CONFIRMATION,
        REQUIRES_ACTION,
        PROCESSING,
        REQUIRES_CAPTURE,
        CANCELED,
        SUCCEEDED
    }

    /** Whether it takes what was asked for. */
    public boolean fits(Frozen frozen) {
        return amountCents == frozen.amountCents() && currency.equals(frozen.currency());
    }
}
