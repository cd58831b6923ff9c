package io.drawdown.billing.charge;

import org.jspecify.annotations.Nullable;

/** What Stripe's view of a charge's intent means for the charge. */
public sealed interface Sight {

    /** @param card the one of the stored attempt; absent if another one paid, or there is no attempt */
    record Paid(String chargeId, @Nullable Card card) implements Sight {}

    /**
     * The intent was tried since the stored attempt was made, and the card was declined.
     *
     * @param card that was declined: another one than the attempt's if the customer tried it in person
     * @param latestCharge Stripe's id of the charge that failed; absent if there was none
     */
    record Refused(
            Attempt attempt,
            Card card,
            Decline decline,
            @Nullable String latestCharge) implements Sight {

        /** The same for everybody who sees this decline, even for one who takes it for that of an earlier attempt. */
        public String id() {
            return latestCharge == null || latestCharge.equals(attempt.previousCharge()) ? attempt.key() : latestCharge;
        }
    }

    /** Nothing happened that is not recorded: the attempt that is stored was not executed, or not yet. */
    record Unchanged() implements Sight {}

    record CustomerNeeded() implements Sight {}

    record Open(ChargeState.Cause cause) implements Sight {}

    /** It takes no money any more. */
    record Canceled() implements Sight {}
}
