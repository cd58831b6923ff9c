package io.drawdown.contracts;

/**
 * Tasks wait, and the instance that knows of them has no room; the data of the events on {@link Topic#TASK_WAKE}. A hint: it may
 * be lost, late or doubled.
 *
 * @param queue the type of the tasks, or that of suspects
 * @param lane in small letters
 */
public record TaskWaiting(String queue, String lane) {

    public static final String EVENT_TYPE = "io.drawdown.task.wake.hinted.v1";
}
