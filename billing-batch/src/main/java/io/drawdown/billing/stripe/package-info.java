/** Owns the client of Stripe. Uses {@code charge}, {@code charge.engine}, {@code config}, {@code purchase} and {@code purchase.engine}. */
@NullMarked
package io.drawdown.billing.stripe;

import org.jspecify.annotations.NullMarked;
