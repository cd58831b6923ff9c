/**
 * Owns the port to the accounts' documents, its MongoDB adapter, and the documents that this instance remembers;
 * decides nothing. Uses {@code account}.
 */
@NullMarked
package io.drawdown.credits.store;

import org.jspecify.annotations.NullMarked;
