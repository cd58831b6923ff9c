package io.drawdown.billing.run;

import org.jspecify.annotations.Nullable;

/**
 * One process within a run.
 *
 * @param cursor the latest that it saved; absent if there is none
 */
public record ProcessRun(
        String process, ProcessState state, @Nullable String cursor, Figures figures) {

    /** Whether its turn has not come, or its instance died during it. */
    public boolean isOpen() {
        return !(state instanceof ProcessState.Over);
    }

    ProcessRun in(ProcessState next) {
        return new ProcessRun(process, next, cursor, figures);
    }

    ProcessRun at(@Nullable String latestCursor, Figures latest) {
        return new ProcessRun(process, state, latestCursor, latest);
    }
}
