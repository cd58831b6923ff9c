package io.drawdown.simulator.credits;

import io.drawdown.credits.commit.AccountBusy;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;

/** What a port or a core may fail with. */
public final class Faults {

    private Faults() {}

    public static boolean isExpected(Throwable fault) {
        return fault instanceof Unavailable || fault instanceof OutcomeUnknown || fault instanceof AccountBusy;
    }
}
