/**
 * Owns session-service's ports to databases and broker, as one simulated process reaches them. Uses {@code
 * broker}, {@code leases} and {@code world}.
 */
@NullMarked
package io.drawdown.simulator.sessions.stores;

import org.jspecify.annotations.NullMarked;
