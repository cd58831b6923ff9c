package io.drawdown.billing.charge;

/**
 * What an intent is made of. It is stored before the intent is created and never changes: a key that is sent again with other
 * parameters is an error at Stripe.
 *
 * @param customer Stripe's id of who pays
 * @param account the Stripe account that the intent belongs to; no other one is asked about it
 */
public record Frozen(long amountCents, String currency, String customer, StripeAccount account) {

    /** The same for another customer: an intent of its own. */
    public Frozen of(String otherCustomer) {
        return new Frozen(amountCents, currency, otherCustomer, account);
    }
}
