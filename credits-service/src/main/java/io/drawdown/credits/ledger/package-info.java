/**
 * Owns the ledger: the way of an entry out of its account into a row and an event, and what is read from rows;
 * decides nothing. Uses {@code account}, {@code metrics} and {@code store}.
 */
@NullMarked
package io.drawdown.credits.ledger;

import org.jspecify.annotations.NullMarked;
