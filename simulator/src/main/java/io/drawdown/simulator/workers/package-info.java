/**
 * Owns checkpoint-worker on its simulated ports. Uses {@code world}, {@code broker} and the core of checkpoint-worker.
 */
@NullMarked
package io.drawdown.simulator.workers;

import org.jspecify.annotations.NullMarked;
