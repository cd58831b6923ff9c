/**
 * Owns the routes of queued items and of teams. Uses {@code charge}, {@code config}, {@code item}, {@code item.engine}, {@code item.store},
 * {@code payer} and {@code publish}.
 */
@NullMarked
package io.drawdown.billing.api.item;

import org.jspecify.annotations.NullMarked;
