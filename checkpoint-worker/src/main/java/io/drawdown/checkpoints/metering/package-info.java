/**
 * Owns the readings of sessions and the reports of the due ones: slots, folding, batches, the circuit breaker.
 * Uses {@code config} and {@code runs}.
 */
@NullMarked
package io.drawdown.checkpoints.metering;

import org.jspecify.annotations.NullMarked;
