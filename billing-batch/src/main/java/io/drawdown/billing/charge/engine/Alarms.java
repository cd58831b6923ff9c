package io.drawdown.billing.charge.engine;

/** Tells people what they must look at. */
public interface Alarms {

    /** What happened, in few words; each is a value of a metric. */
    enum Alarm {
        DEAD,
        REQUIRES_CAPTURE,
        INVALID_REQUEST,
        NOT_ALLOWED,
        /** The key cannot read the intent, which is of another account of Stripe or of the other mode (live or test). */
        OTHER_ACCOUNT,
        /** Stripe does not know the customer any more: the payer must be opened anew, with a card. */
        CUSTOMER_GONE,
        /** Money was taken, and the credits are not given yet. */
        NOT_GRANTED,
        /** Money must be given back, and is not yet. */
        NOT_REFUNDED
    }

    /** @param detail for people; holds no secret */
    void raise(Alarm alarm, String chargeId, String detail);
}
