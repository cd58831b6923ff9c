/**
 * Owns how items move: free place, charge, publication. Uses {@code batch}, {@code charge}, {@code charge.engine}, {@code item}, {@code item.store},
 * {@code payer} and {@code publish}.
 */
@NullMarked
package io.drawdown.billing.item.engine;

import org.jspecify.annotations.NullMarked;
