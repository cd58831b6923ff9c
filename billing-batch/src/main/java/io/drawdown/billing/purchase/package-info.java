/** Owns purchases of credits as values: their states and their rules. Uses {@code charge} and {@code store}. */
@NullMarked
package io.drawdown.billing.purchase;

import org.jspecify.annotations.NullMarked;
