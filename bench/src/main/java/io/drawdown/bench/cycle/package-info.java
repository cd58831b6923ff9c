/**
 * Owns the measurement of the checkpoint cycle, from the heartbeats of synthetic sessions to the events of their accounts.
 * Uses {@code core}, {@code load}, {@code stack} and {@code report}.
 */
@NullMarked
package io.drawdown.bench.cycle;

import org.jspecify.annotations.NullMarked;
