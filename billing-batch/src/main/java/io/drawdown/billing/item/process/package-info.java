/** Owns the batch processes of queued items. Uses {@code batch}, {@code item}, {@code item.engine} and {@code item.store}. */
@NullMarked
package io.drawdown.billing.item.process;

import org.jspecify.annotations.NullMarked;
