package io.drawdown.bench.contenders;

import java.util.concurrent.CompletableFuture;

/** A queue whose tasks do nothing. It is used by one thread at a time. */
interface TaskQueue extends AutoCloseable {

    /** Stores so many tasks; none of them runs before {@link #drain}. */
    void fill(int tasks) throws Exception;

    /** Runs all that are stored. Returns when each is over and nothing of it is left to be done that outlives the process. */
    void drain() throws Exception;

    /** Begins to run tasks as they come. */
    void open() throws Exception;

    /** Sends one task. */
    Sent send();

    /** Whether the tasks that are sent are run. */
    default boolean hasHandlers() {
        return true;
    }

    @Override
    void close();

    /**
     * A task on its way.
     *
     * @param stored completes when its sender may forget it
     * @param started completes when its handler begins; never if the queue has none
     */
    record Sent(CompletableFuture<?> stored, CompletableFuture<?> started) {}
}
