/**
 * Owns the routes of accounts, balances and suspensions. Uses {@code account}, {@code credits}, {@code decision}
 * and {@code http}.
 */
@NullMarked
package io.drawdown.credits.http.accounts;

import org.jspecify.annotations.NullMarked;
