/**
 * Owns the invariants of accounts: what credits-service writes, answers and publishes must be true. Uses the world
 * and the values of credits-service, never its rules.
 */
@NullMarked
package io.drawdown.simulator.invariants;

import org.jspecify.annotations.NullMarked;
