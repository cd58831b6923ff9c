package io.drawdown.billing.charge;

import org.jspecify.annotations.Nullable;

/**
 * Why a card was declined, in Stripe's words.
 *
 * @param code that of the error, e.g. {@code card_declined}
 * @param declineCode the reason of the issuer, e.g. {@code insufficient_funds}
 * @param adviceCode what the network advises, e.g. {@code do_not_try_again}
 */
public record Decline(
        String code, @Nullable String declineCode, @Nullable String adviceCode) {

    /** What Stripe says nothing about. */
    public static final Decline UNEXPLAINED = new Decline("card_declined", null, null);

    public DeclineClass kind() {
        return DeclineClass.of(this);
    }
}
