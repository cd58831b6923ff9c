/**
 * Owns group commit: commands that wait for one account are decided together and written with one guarded write. Uses the
 * rules, the store and the ledger; it hands committed entries to {@link io.drawdown.credits.ledger.AccountOutbox}.
 */
@NullMarked
package io.drawdown.credits.commit;

import org.jspecify.annotations.NullMarked;
