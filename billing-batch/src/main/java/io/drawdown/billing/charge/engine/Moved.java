package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Charge;
import java.time.Instant;
import java.util.Optional;

/** How far a charge came. */
public sealed interface Moved {

    /** It is over: charged, cancelled or dead. */
    record Ended(Charge charge) implements Moved {}

    /**
     * It can go on at that time.
     *
     * @param until empty: once a card is attached
     */
    record Waits(Charge charge, Optional<Instant> until) implements Moved {}

    /** The deadline is too near for another call; it can go on at once in the next run. */
    record OutOfTime(Charge charge) implements Moved {}

    /** Somebody else moves it, or this run was fenced. */
    record Overtaken(Charge charge) implements Moved {}

    /** Stripe refuses the caller as such. No other charge can be moved; an alarm was raised. */
    record Stopped(Charge charge, String why) implements Moved {}

    /** As it was last read or written. */
    Charge charge();
}
