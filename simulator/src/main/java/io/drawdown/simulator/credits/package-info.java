/**
 * Owns credits-service in the simulated world: its ports, its instances, and the gateways that call it. Uses
 * {@code broker}, {@code invariants} and {@code world}.
 */
@NullMarked
package io.drawdown.simulator.credits;

import org.jspecify.annotations.NullMarked;
