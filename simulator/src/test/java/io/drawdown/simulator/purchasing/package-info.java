/** Plays random histories of purchases and top-ups over models of Stripe and credits-service. */
@NullMarked
package io.drawdown.simulator.purchasing;

import org.jspecify.annotations.NullMarked;
