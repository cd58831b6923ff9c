package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.engine.Answer;

/** Hears of attempts to take money. */
public interface Confirmations {

    /** A process asks for it. */
    void sent(Attempt attempt);

    /** Stripe answers it; perhaps it did so before. */
    void answered(Attempt attempt, Answer answer);
}
