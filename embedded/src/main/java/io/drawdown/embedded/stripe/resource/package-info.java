/**
 * Owns what the routes do: customers, cards, intents, charges, refunds, disputes and events. Uses {@link
 * io.drawdown.embedded.stripe.api}, {@link io.drawdown.embedded.stripe.card} and {@link io.drawdown.embedded.stripe.store}.
 */
@NullMarked
package io.drawdown.embedded.stripe.resource;

import org.jspecify.annotations.NullMarked;
