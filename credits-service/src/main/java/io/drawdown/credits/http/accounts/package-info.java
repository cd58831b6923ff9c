/**
 * Owns the routes of accounts, balances and suspensions. Uses the core through {@link
 * io.drawdown.credits.http.CoreCalls}.
 */
@NullMarked
package io.drawdown.credits.http.accounts;

import org.jspecify.annotations.NullMarked;
