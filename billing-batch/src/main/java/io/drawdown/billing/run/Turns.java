package io.drawdown.billing.run;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** In which order the processes of a run have their turns: whoever was served the longest ago goes first. */
public final class Turns {

    private static final Comparator<ProcessDocument> LONGEST_AGO = Comparator.comparing(
                    ProcessDocument::servedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(ProcessDocument::id);

    private Turns() {}

    /** The processes of a new run; those that are paused are over already. */
    public static List<ProcessRun> of(Collection<ProcessDocument> processes, Instant now) {
        return processes.stream()
                .sorted(LONGEST_AGO)
                .map(process -> new ProcessRun(process.id(), stateOf(process, now), process.cursor(), Figures.NONE))
                .toList();
    }

    private static ProcessState stateOf(ProcessDocument process, Instant now) {
        return process.isPaused()
                ? new ProcessState.Over(Ending.skipped(Ending.PAUSED, process.cursor()), 0)
                : new ProcessState.Waiting(now);
    }
}
