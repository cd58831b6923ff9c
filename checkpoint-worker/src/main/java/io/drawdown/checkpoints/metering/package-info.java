/**
 * Owns the readings of sessions and the reports of the due ones: slots, folding, batches, the circuit breaker. Uses
 * the configuration and the running cycle.
 */
@NullMarked
package io.drawdown.checkpoints.metering;

import org.jspecify.annotations.NullMarked;
