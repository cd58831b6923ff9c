package io.drawdown.tasks.enqueue;

import io.drawdown.tasks.task.TaskDocument;

/** What became of a new task. */
public sealed interface Enqueued {

    /** It is stored. */
    record Accepted(TaskDocument task) implements Enqueued {}

    /** It was stored before, by a request with the same idempotency key and the same body. */
    record Repeated(TaskDocument task) implements Enqueued {}

    /** This task has its unique key and is not over; nothing was stored. */
    record Deduplicated(TaskDocument holder) implements Enqueued {}

    /** Another request had the same idempotency key; nothing was stored. */
    record KeyReused() implements Enqueued {}

    /**
     * Too many tasks wait for their insert; nothing was stored.
     *
     * @param retrySeconds by then those that wait now will be stored, at the rate of late
     */
    record Full(int retrySeconds) implements Enqueued {}

    /** The tasks with its unique key came and went too quickly; nothing was stored. */
    record Contended() implements Enqueued {}
}
