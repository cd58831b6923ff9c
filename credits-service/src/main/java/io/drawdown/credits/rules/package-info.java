/**
 * Owns the commands and the rules that decide them, as pure functions without clock, store or thread: grants,
 * charges, holds, settlement, status; and the replay of a ledger, which shares no decision with them. Uses {@code
 * account} and {@code decision}.
 */
@NullMarked
package io.drawdown.credits.rules;

import org.jspecify.annotations.NullMarked;
