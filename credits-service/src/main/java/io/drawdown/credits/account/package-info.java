/**
 * Owns the document of an account and the values in it: grants, holds, entries, keys, balances; decides nothing.
 * Uses nothing else of the service.
 */
@NullMarked
package io.drawdown.credits.account;

import org.jspecify.annotations.NullMarked;
