/** Owns a model of Stripe: intents, cards, refunds and events. Uses nothing else of the simulated world. */
@NullMarked
package io.drawdown.simulator.stripe;

import org.jspecify.annotations.NullMarked;
