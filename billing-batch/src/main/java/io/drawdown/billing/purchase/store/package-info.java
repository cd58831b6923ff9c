/** Owns how purchases are kept, and how their events leave. Uses {@code purchase} and {@code store}. */
@NullMarked
package io.drawdown.billing.purchase.store;

import org.jspecify.annotations.NullMarked;
