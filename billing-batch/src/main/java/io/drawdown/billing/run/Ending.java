package io.drawdown.billing.run;

import io.drawdown.contracts.BatchRunEvent;
import org.jspecify.annotations.Nullable;

/**
 * How a process came out of a run.
 *
 * @param reason why, in a word, if it is not obvious; else absent
 * @param error the class of the exception, if there was one
 * @param cursor where the next run goes on; absent: from the start
 */
public record Ending(
        BatchRunEvent.State state,
        @Nullable String reason,
        @Nullable String error,
        @Nullable String cursor) {

    /** Its switch is off. */
    public static final String PAUSED = "paused";

    /** There was no time left for it. */
    public static final String BUDGET = "budget";

    /** An earlier run of it did not stop when it was told, and still runs in this instance. */
    public static final String STILL_RUNNING = "still_running";

    /** No process of this instance has this name. */
    public static final String UNKNOWN = "unknown";

    /** It threw something. */
    public static final String EXCEPTION = "exception";

    /** It did not stop at its deadline. */
    public static final String OVERRAN = "overran";

    /** The instances that ran it died, several in turn. */
    public static final String CRASHED = "crashed";

    private static final int LONGEST_REASON = 64;

    public static Ending completed() {
        return new Ending(BatchRunEvent.State.COMPLETED, null, null, null);
    }

    public static Ending partial(@Nullable String cursor, @Nullable String reason) {
        return new Ending(BatchRunEvent.State.PARTIAL, reason, null, cursor);
    }

    /** The cursor stays where it is. */
    public static Ending skipped(String reason, @Nullable String cursor) {
        return new Ending(BatchRunEvent.State.SKIPPED, shortened(reason), null, cursor);
    }

    /** The cursor stays where it was saved last. */
    public static Ending failed(String reason, @Nullable String error, @Nullable String cursor) {
        return new Ending(BatchRunEvent.State.FAILED, reason, error, cursor);
    }

    /** The same, with that cursor. */
    public Ending at(@Nullable String latest) {
        return new Ending(state, reason, error, latest);
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
