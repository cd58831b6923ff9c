/** Owns the port to the accounts' documents and its MongoDB adapter. Uses the account; decides nothing. */
@NullMarked
package io.drawdown.credits.store;

import org.jspecify.annotations.NullMarked;
