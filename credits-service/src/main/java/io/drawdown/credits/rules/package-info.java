/**
 * Owns the commands and the rules that decide them, as pure functions: grants, charges, holds, settlement, status; and the
 * replay of a ledger. Uses the decision and the account; no clock, no store, no thread.
 */
@NullMarked
package io.drawdown.credits.rules;

import org.jspecify.annotations.NullMarked;
