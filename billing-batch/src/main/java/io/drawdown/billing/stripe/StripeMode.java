package io.drawdown.billing.stripe;

import java.util.Optional;

/** @param live whether the key is of live mode; empty: there is no key */
public record StripeMode(Optional<Boolean> live) {}
