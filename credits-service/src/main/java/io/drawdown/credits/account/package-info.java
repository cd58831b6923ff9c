/**
 * Owns the document of an account and the values in it: grants, holds, entries, keys, balances. Uses contracts
 * only; decides nothing.
 */
@NullMarked
package io.drawdown.credits.account;

import org.jspecify.annotations.NullMarked;
