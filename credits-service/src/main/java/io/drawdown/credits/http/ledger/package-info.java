/**
 * Owns the routes that post to an account's ledger and read it. Uses {@code account}, {@code credits}, {@code
 * decision}, {@code http} and {@code ledger}.
 */
@NullMarked
package io.drawdown.credits.http.ledger;

import org.jspecify.annotations.NullMarked;
