/**
 * Owns the Stripe-compatible server, its process and its HTTP. Uses its sub-packages and {@link
 * io.drawdown.embedded.process}.
 */
@NullMarked
package io.drawdown.embedded.stripe;

import org.jspecify.annotations.NullMarked;
