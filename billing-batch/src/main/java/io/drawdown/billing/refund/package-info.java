/** Owns what becomes of money after it was taken: refunds and disputes. Uses {@code store}. */
@NullMarked
package io.drawdown.billing.refund;

import org.jspecify.annotations.NullMarked;
