/** Stores, and runners that die, stand still and race, in which the real engine plays random histories over the model of Stripe. */
@NullMarked
package io.drawdown.simulator.charging;

import org.jspecify.annotations.NullMarked;
