/**
 * Owns what is measured, and whether this instance is ready. Uses {@code batch}, {@code billing}, {@code charge.engine},
 * {@code hook}, {@code purchase}, {@code purchase.engine}, {@code run} and {@code run.engine}.
 */
@NullMarked
package io.drawdown.billing.metrics;

import org.jspecify.annotations.NullMarked;
