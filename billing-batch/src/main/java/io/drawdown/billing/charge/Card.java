package io.drawdown.billing.charge;

/**
 * A card as Stripe describes it.
 *
 * @param paymentMethod {@code pm_…}, by which it is charged
 * @param fingerprint the same for every payment method of one card number
 * @param brand in Stripe's words, e.g. {@code visa}
 * @param last4 for people
 */
public record Card(String paymentMethod, String fingerprint, String brand, String last4) {}
