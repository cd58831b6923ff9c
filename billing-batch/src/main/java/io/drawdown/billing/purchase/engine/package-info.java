/**
 * Owns how purchases move: charge, grant, refund. Uses {@code charge}, {@code charge.engine}, {@code payer}, {@code purchase}, {@code
 * purchase.store} and {@code store}.
 */
@NullMarked
package io.drawdown.billing.purchase.engine;

import org.jspecify.annotations.NullMarked;
