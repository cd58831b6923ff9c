/**
 * Owns the core of billing-batch and its wiring. Uses {@code batch}, {@code config}, {@code metrics}, {@code run}, {@code run.engine},
 * {@code run.store} and {@code run.threads}.
 */
@NullMarked
package io.drawdown.billing;

import org.jspecify.annotations.NullMarked;
