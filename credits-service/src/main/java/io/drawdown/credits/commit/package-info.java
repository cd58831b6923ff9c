/**
 * Owns group commit: commands that wait for one account are decided together and written with one guarded write.
 * Uses the rules and the store; hands committed entries to its {@link io.drawdown.credits.commit.AccountOutbox}.
 */
@NullMarked
package io.drawdown.credits.commit;

import org.jspecify.annotations.NullMarked;
