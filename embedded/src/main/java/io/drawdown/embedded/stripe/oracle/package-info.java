/**
 * Owns what the world around Stripe does on demand and what tests ask afterwards: faults, counts, the routes below {@code
 * /_oracle}. Uses {@link io.drawdown.embedded.stripe.resource}, {@link io.drawdown.embedded.stripe.webhook} and what they
 * use.
 */
@NullMarked
package io.drawdown.embedded.stripe.oracle;

import org.jspecify.annotations.NullMarked;
