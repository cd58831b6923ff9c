/**
 * Owns the client of Stripe. Uses {@code charge}, {@code charge.engine}, {@code config}, {@code hook}, {@code payer}, {@code purchase},
 * {@code purchase.engine} and {@code refund}.
 */
@NullMarked
package io.drawdown.billing.stripe;

import org.jspecify.annotations.NullMarked;
