package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.contracts.BatchRunEvent;
import java.time.Duration;

/** Hears what becomes of runs. */
public interface RunMonitor {

    /** A run is over; it was not dry. */
    void ended(RunDocument run);

    /** A process is over. */
    void ended(String process, BatchRunEvent.State state, Duration took);

    /** A run takes longer than runs should. */
    void late();

    /** This instance goes on with the run of a dead one. */
    void takenOver();
}
