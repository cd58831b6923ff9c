/**
 * Owns the leases of a service's instances in the simulated world: their store as a process reaches it, and what must
 * be true of them. Uses {@code world} and the leases of {@code kit}.
 */
@NullMarked
package io.drawdown.simulator.leases;

import org.jspecify.annotations.NullMarked;
