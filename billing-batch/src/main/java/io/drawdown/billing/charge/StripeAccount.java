package io.drawdown.billing.charge;

/** A Stripe account in one of its two modes, which share nothing: an id of one is missing in the other. */
public record StripeAccount(String id, boolean livemode) {}
