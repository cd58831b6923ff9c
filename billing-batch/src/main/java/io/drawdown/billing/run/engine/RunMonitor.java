package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.contracts.BatchRunEvent;
import java.time.Duration;

/** Hears what becomes of runs that are not dry. */
public interface RunMonitor {

    /** Nobody hears. */
    RunMonitor NONE = new RunMonitor() {
        @Override
        public void ended(RunDocument run) {}

        @Override
        public void ended(String process, BatchRunEvent.State state, Duration took) {}

        @Override
        public void late() {}

        @Override
        public void takenOver() {}
    };

    /** A run is over. */
    void ended(RunDocument run);

    /** A process is over. */
    void ended(String process, BatchRunEvent.State state, Duration took);

    /** A run takes longer than runs should. */
    void late();

    /** This instance goes on with the run of a dead one. */
    void takenOver();
}
