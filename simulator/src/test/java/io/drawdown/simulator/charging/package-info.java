/** A model of Stripe, of stores and of runners that die, stand still and race, in which the real engine plays random histories. */
@NullMarked
package io.drawdown.simulator.charging;

import org.jspecify.annotations.NullMarked;
