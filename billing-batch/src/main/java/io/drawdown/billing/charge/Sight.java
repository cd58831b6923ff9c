package io.drawdown.billing.charge;

/** What Stripe's view of a charge's intent means for the charge. */
public sealed interface Sight {

    record Paid(String chargeId) implements Sight {}

    /** The attempt that is stored was executed, and the card was declined. */
    record Refused(Attempt attempt, Decline decline) implements Sight {}

    /** Nothing happened that is not recorded: the attempt that is stored was not executed, or not yet. */
    record Unchanged() implements Sight {}

    record CustomerNeeded() implements Sight {}

    record Open(ChargeState.Cause cause) implements Sight {}

    /** It takes no money any more. */
    record Canceled() implements Sight {}
}
