/**
 * Owns session-service in the simulated world: its ports, its incarnations, and the clients that it serves. Uses
 * {@code broker}, {@code credits}, {@code invariants}, {@code leases}, {@code sessions.stores} and {@code world}.
 */
@NullMarked
package io.drawdown.simulator.sessions;

import org.jspecify.annotations.NullMarked;
