package io.drawdown.tasks.config;

import io.drawdown.tasks.task.Policy;

/**
 * A type of tasks.
 *
 * @param concurrency so many run at the same time in one instance
 * @param isHandledHere whether this instance has its handler; else others, or external workers, run it
 */
public record TaskType(String name, Policy policy, int concurrency, boolean isHandledHere) {}
