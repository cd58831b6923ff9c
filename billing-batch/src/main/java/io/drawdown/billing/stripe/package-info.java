/** Owns the client of Stripe. Uses {@code charge}, {@code charge.engine} and {@code config}. */
@NullMarked
package io.drawdown.billing.stripe;

import org.jspecify.annotations.NullMarked;
