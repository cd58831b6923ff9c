/** Owns how items and teams are kept, and how the events of items leave. Uses {@code item} and {@code store}. */
@NullMarked
package io.drawdown.billing.item.store;

import org.jspecify.annotations.NullMarked;
