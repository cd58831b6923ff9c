package io.drawdown.billing.run;

import java.time.Instant;

/**
 * Where a process is within a run, as the document of the run says:
 *
 * <pre>
 * Waiting → Running ⇄ Left
 *    │         ↓
 *    └───────→ Over             it was skipped
 * </pre>
 */
public sealed interface ProcessState {

    /** How it is named in documents. */
    enum Name {
        WAITING(Waiting.class),
        RUNNING(Running.class),
        LEFT(Left.class),
        OVER(Over.class);

        private final Class<? extends ProcessState> type;

        Name(Class<? extends ProcessState> type) {
            this.type = type;
        }

        Class<? extends ProcessState> type() {
            return type;
        }
    }

    /**
     * Its turn has not come.
     *
     * @param since the start of the run
     */
    record Waiting(Instant since) implements ProcessState {}

    /**
     * It is at work.
     *
     * @param crashes how many instances have died with it in this run
     */
    record Running(Instant since, int crashes) implements ProcessState {}

    /**
     * Its instance was stopped in order during its turn, which is no crash. Whoever takes the run over goes on with it.
     *
     * @param since when it began
     */
    record Left(Instant since, int crashes) implements ProcessState {}

    /** It is over, in this run. */
    record Over(Ending ending, long durationMillis) implements ProcessState {}
}
