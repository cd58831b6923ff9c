package io.drawdown.contracts;

/**
 * Someone wants a task to be cancelled that this worker runs; the data of the events on {@link Topic#TASK_CONTROL}. A hint: it may
 * be lost, late or doubled.
 *
 * @param owner the incarnation that runs the task
 */
public record TaskCancelAsked(String owner) {

    public static final String EVENT_TYPE = "io.drawdown.task.cancel.hinted.v1";
}
