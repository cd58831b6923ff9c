/** Owns the simulated database of billing-batch, and its collections as a process reaches them. Uses {@code leases} and {@code world}. */
@NullMarked
package io.drawdown.simulator.billing.stores;

import org.jspecify.annotations.NullMarked;
