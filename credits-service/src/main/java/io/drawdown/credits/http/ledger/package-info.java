/**
 * Owns the routes that post to an account's ledger and read it. Uses the core through {@link
 * io.drawdown.credits.http.CoreCalls}.
 */
@NullMarked
package io.drawdown.credits.http.ledger;

import org.jspecify.annotations.NullMarked;
