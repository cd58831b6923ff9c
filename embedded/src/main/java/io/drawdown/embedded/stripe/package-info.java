/** Owns the Stripe-compatible server and its HTTP. Uses its sub-packages. */
@NullMarked
package io.drawdown.embedded.stripe;

import org.jspecify.annotations.NullMarked;
