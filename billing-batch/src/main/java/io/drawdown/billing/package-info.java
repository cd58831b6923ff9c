/**
 * Owns the core of billing-batch and its wiring. Uses {@code batch}, {@code charge.engine}, {@code config}, {@code item.engine},
 * {@code item.store}, {@code metrics}, {@code payer}, {@code publish}, {@code publish.slack}, {@code run}, {@code run.engine},
 * {@code run.store} and {@code run.threads}.
 */
@NullMarked
package io.drawdown.billing;

import org.jspecify.annotations.NullMarked;
