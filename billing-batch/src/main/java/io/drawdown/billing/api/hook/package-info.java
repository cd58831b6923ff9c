/** Owns the route that Stripe calls. Uses {@code billing}, {@code hook} and {@code stripe}. */
@NullMarked
package io.drawdown.billing.api.hook;

import org.jspecify.annotations.NullMarked;
