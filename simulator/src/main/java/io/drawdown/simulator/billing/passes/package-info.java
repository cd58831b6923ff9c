/** Owns the batch processes of the simulated billing-batch, on the thread of its core. Uses {@code world}. */
@NullMarked
package io.drawdown.simulator.billing.passes;

import org.jspecify.annotations.NullMarked;
