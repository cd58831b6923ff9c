/** The check that every document is what its ledger says, and that no credit came or went unexplained. */
@NullMarked
package io.drawdown.credits.checks;

import org.jspecify.annotations.NullMarked;
