/**
 * Owns session-service's ports to databases and broker, as one simulated process reaches them. Uses the world and
 * the broker.
 */
@NullMarked
package io.drawdown.simulator.sessions.stores;

import org.jspecify.annotations.NullMarked;
