package io.drawdown.credits.decision;

import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of an account. Every command can be repeated without a second effect: by its key, by the state that
 * it leads to, or because it states a total.
 */
public sealed interface Command {

    String accountId();

    /** Opens the account; the same opening again changes nothing. */
    record Open(String accountId, List<NewGrant> grants, String openingHash) implements Command {
        public Open {
            grants = List.copyOf(grants);
        }
    }

    record AddGrant(String accountId, NewGrant grant, Key key) implements Command {}

    /** A one-off charge. */
    record Charge(String accountId, Priced priced, Key key) implements Command {}

    /** Reserves the first slice of a session. */
    record StartHold(String accountId, String sessionId, Rate rate, Key key) implements Command {}

    /** "This session has used so much in all": settles to the total and refills. */
    record Settle(String accountId, String sessionId, long epoch, long usedMillis, String cause) implements Command {}

    /**
     * Settles to the final total, unless it is of a lower epoch than the hold's, and gives back the rest.
     *
     * @param startKey the hash of the key of the session's start, which is used up where no hold is found; absent where
     *     nobody waits for the answer: then no hold means that there is nothing to do
     */
    record Release(
            String accountId,
            String sessionId,
            long epoch,
            long usedMillis,
            String cause,
            Key key,
            @Nullable String startKey)
            implements Command {}

    /** Settles to the proof if it is of the hold's epoch, raises the epoch, refills. */
    record Takeover(String accountId, String sessionId, long epoch, long proofEpoch, long proofUsedMillis)
            implements Command {}

    /** What did not happen under this key shall never happen; what happened is told. */
    record Cancel(String accountId, Key key) implements Command {}

    /** The same of the start of a session. */
    record CancelStart(String accountId, String sessionId, Key key) implements Command {}

    record Suspend(String accountId, String cause) implements Command {}

    record Reinstate(String accountId) implements Command {}

    record Close(String accountId) implements Command {}

    /** Lets time have its effect: expiry, grants that become effective, overdue holds. */
    record Tick(String accountId) implements Command {}
}
