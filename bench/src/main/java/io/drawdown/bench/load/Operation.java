package io.drawdown.bench.load;

import java.util.concurrent.CompletionStage;

/** One operation under load. It must not block: the load counts the time until the stage completes. */
@FunctionalInterface
public interface Operation {

    /** Begins the next operation. Its stage fails if the operation did. */
    CompletionStage<?> begin();

    /**
     * Begins the next operation, which may be late.
     *
     * @param dueNanos when it was due, of {@link System#nanoTime}
     */
    default CompletionStage<?> begin(long dueNanos) {
        return begin();
    }
}
