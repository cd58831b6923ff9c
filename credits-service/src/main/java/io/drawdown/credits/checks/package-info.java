/**
 * Owns the check that every document is what its ledger says, and that no credit came or went unexplained. Uses
 * {@code account}, {@code ledger}, {@code rules} and {@code store}.
 */
@NullMarked
package io.drawdown.credits.checks;

import org.jspecify.annotations.NullMarked;
