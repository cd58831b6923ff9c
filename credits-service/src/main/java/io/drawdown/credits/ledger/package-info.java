/** The ledger: what left the accounts' outboxes, and everything that can be derived from it again. */
@NullMarked
package io.drawdown.credits.ledger;

import org.jspecify.annotations.NullMarked;
