/**
 * Owns the queues of tasks that the bench compares, each in a process of its own: the core of task-service, the bare store, and
 * other people's queues. Uses {@code load}.
 */
@NullMarked
package io.drawdown.bench.contenders;

import org.jspecify.annotations.NullMarked;
