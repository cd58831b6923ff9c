/**
 * Owns the simulated task-service: its instances, the stores under them, the handlers, the senders of tasks, and what
 * must hold for tasks. Uses {@code broker}, {@code leases} and {@code world}.
 */
@NullMarked
package io.drawdown.simulator.tasks;

import org.jspecify.annotations.NullMarked;
