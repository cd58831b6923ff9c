/**
 * Owns the core of billing-batch and its wiring. Uses {@code batch}, {@code charge.engine}, {@code config}, {@code credits}, {@code
 * hook}, {@code item.engine}, {@code item.store}, {@code metrics}, {@code payer}, {@code publish}, {@code publish.slack}, {@code
 * purchase}, {@code purchase.engine}, {@code purchase.store}, {@code refund}, {@code run}, {@code run.engine}, {@code run.store},
 * {@code run.threads}, {@code store}, {@code stripe}, {@code topup}, {@code topup.engine} and {@code topup.store}.
 */
@NullMarked
package io.drawdown.billing;

import org.jspecify.annotations.NullMarked;
