package io.drawdown.billing.charge.engine;

/** Tells people what they must look at. */
public interface Alarms {

    /** What happened, in few words; each is a value of a metric. */
    enum Alarm {
        DEAD,
        REQUIRES_CAPTURE,
        INVALID_REQUEST,
        NOT_ALLOWED,
        /** Money was taken, and the credits are not given yet. */
        NOT_GRANTED,
        /** Money must be given back, and is not yet. */
        NOT_REFUNDED
    }

    /** @param detail for people; holds no secret */
    void raise(Alarm alarm, String chargeId, String detail);
}
