package io.drawdown.tasks.config;

import java.time.Duration;

/**
 * The bounds of the core.
 *
 * @param instance the name that survives a restart
 * @param slots tasks that this instance runs at the same time
 * @param slotBytes the sum of their payloads
 * @param inserts tasks that may wait for their insert; more are refused
 * @param insertBytes the sum of their payloads
 * @param stopPatience how long a stop waits for what runs
 */
public record TasksSettings(
        String instance, int slots, long slotBytes, int inserts, long insertBytes, Duration stopPatience) {

    /** The defaults of production. */
    public static final TasksSettings DEFAULT = new TasksSettings(
            "task-service", 256, 64L * 1024 * 1024, 10_000, 64L * 1024 * 1024, Duration.ofSeconds(30));

    public static TasksSettings of(TaskConfig config) {
        TaskConfig.Task task = config.task();
        return new TasksSettings(
                config.instance(),
                task.slots(),
                task.slotBytes(),
                task.inserts(),
                task.insertBytes(),
                task.stopPatience());
    }
}
