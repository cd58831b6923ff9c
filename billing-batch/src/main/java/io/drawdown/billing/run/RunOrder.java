package io.drawdown.billing.run;

import io.drawdown.contracts.BatchRunEvent.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run.
 *
 * @param by who asked for it, if that was somebody with a token; else absent
 * @param processes by their names, each once
 * @param budgetMillis how long the whole run may take
 * @param slot the time of the schedule that it serves; absent if none began it
 * @param isDry whether nothing is changed; then the run is not stored
 * @param asOf the time by which a dry run decides; absent: now
 */
public record RunOrder(
        Trigger trigger,
        @Nullable String by,
        List<String> processes,
        long budgetMillis,
        @Nullable Instant slot,
        boolean isDry,
        @Nullable Instant asOf) {

    /** A run that changes what it is there to change. */
    public static RunOrder of(Trigger trigger, @Nullable String by, List<String> processes, long budgetMillis) {
        return new RunOrder(trigger, by, processes, budgetMillis, null, false, null);
    }

    /** The run of what was due at that time. */
    public static RunOrder scheduled(Instant slot, List<String> processes, long budgetMillis) {
        return new RunOrder(Trigger.SCHEDULE, null, processes, budgetMillis, slot, false, null);
    }
}
