package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;

/**
 * What the owner does with a running session right now:
 *
 * <pre>
 * Serving ⇄ Waiting      at the funded limit; asks until there is more, or the answer is that there is none
 *    ⇅         ⇅
 *      Away              nobody there: silent, or its socket lost; comes back within the grace period
 *
 * each of them → Closing → Closed      ended by its owner: the total is fixed, then written
 * each of them → Closed                another owner has it: nothing is written
 * </pre>
 *
 * The meter counts in Serving only.
 */
sealed interface Phase {

    /** Still the owner's to decide. */
    sealed interface Live extends Phase {}

    record Serving() implements Live {}

    record Waiting(long sinceNanos) implements Live {}

    record Away(long sinceNanos) implements Live {}

    record Closing(EndReason reason) implements Phase {}

    record Closed() implements Phase {}
}
