/** Owns the routes of payers, their cards and what they confirm in person. Uses {@code billing}, {@code charge}, {@code charge.engine} and {@code payer}. */
@NullMarked
package io.drawdown.billing.api.payer;

import org.jspecify.annotations.NullMarked;
