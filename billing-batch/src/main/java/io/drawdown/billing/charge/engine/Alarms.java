package io.drawdown.billing.charge.engine;

/** Tells people what they must look at. */
public interface Alarms {

    /** What happened, in few words; each is a value of a metric. */
    enum Alarm {
        DEAD,
        REQUIRES_CAPTURE,
        INVALID_REQUEST,
        NOT_ALLOWED
    }

    /** @param detail for people; holds no secret */
    void raise(Alarm alarm, String chargeId, String detail);
}
