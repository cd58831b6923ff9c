/** Owns the batch processes of queued items. Uses {@code batch}, {@code item}, {@code item.engine}, {@code item.store} and {@code notice}. */
@NullMarked
package io.drawdown.billing.item.process;

import org.jspecify.annotations.NullMarked;
