/**
 * Owns the invariants of accounts: what credits-service writes, answers and publishes must be true. Uses {@code
 * world}, and of credits-service its values and {@code Replay}, never a rule that decides.
 */
@NullMarked
package io.drawdown.simulator.invariants;

import org.jspecify.annotations.NullMarked;
