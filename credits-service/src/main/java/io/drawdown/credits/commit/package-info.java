/**
 * Owns group commit: commands that wait for one account are decided together and written with one guarded write.
 * Uses {@code account}, {@code decision}, {@code ledger}, {@code metrics}, {@code rules} and {@code store}.
 */
@NullMarked
package io.drawdown.credits.commit;

import org.jspecify.annotations.NullMarked;
