package io.drawdown.billing.run;

import java.time.Instant;

/** Where a run is: it runs, then it has ended for good. */
public sealed interface RunState {

    /** How it is named in documents. */
    enum Name {
        RUNNING(Running.class),
        ENDED(Ended.class);

        private final Class<? extends RunState> type;

        Name(Class<? extends RunState> type) {
            this.type = type;
        }

        Class<? extends RunState> type() {
            return type;
        }
    }

    /** Its processes are at work, one after the other. */
    record Running() implements RunState {}

    /**
     * Nothing of it changes any more.
     *
     * @param isSuccess whether no process failed
     */
    record Ended(Instant endedAt, long durationMillis, boolean isSuccess) implements RunState {}
}
