/**
 * Owns the measurements of task-service: its core and other people's queues in processes of their own, and the service over
 * HTTP. Uses {@code load}, {@code report} and {@code stack}.
 */
@NullMarked
package io.drawdown.bench.tasks;

import org.jspecify.annotations.NullMarked;
