/** Owns a model of Stripe. Uses nothing else of the simulated world. */
@NullMarked
package io.drawdown.simulator.stripe;

import org.jspecify.annotations.NullMarked;
