package io.drawdown.billing.hook;

import io.smallrye.mutiny.Uni;

/**
 * Whoever owns charges: hears that something has happened to the intent of one of them. It reads its own document, asks Stripe for the
 * intent, and writes under its guard. If the intent could not be read, it fails, and the hint is delivered again later.
 */
@FunctionalInterface
public interface ChargeHints {

    /**
     * @param chargeOwner the reference in the terms of the charge, e.g. {@code item:acme/page-7} or {@code purchase:pur_…}; one of
     *     another kind of owners is none of its business
     */
    Uni<Void> look(String chargeOwner);
}
