package io.drawdown.credits.rules;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Keys;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Posting;
import java.util.Optional;

/**
 * Makes the outcome of an operation final. An operation that was carried out stays so. One that was not gets a void row
 * under its key, an entry like any other: a request that comes later with the key finds it and has no effect.
 */
final class Cancellations {

    private Cancellations() {}

    static Decision<Posted> cancel(Draft draft, Command.Cancel command) {
        Optional<Entry> used = Keys.used(draft, command.key().hash());
        if (used.isPresent()) {
            return draft.unchanged(Posted.before(used.get()));
        }
        if (Backlog.refusesNewWork(draft)) {
            return draft.refused(ProblemType.ACCOUNT_BACKLOGGED);
        }
        return draft.changed(new Posted(voided(draft, command.key().hash(), "cancellation"), false));
    }

    /** Puts a key that has no row yet out of use for ever. */
    static Entry voided(Draft draft, String keyHash, String cause) {
        return draft.post(Posting.of(EntryType.VOIDED, cause).key(Key.cancelled(keyHash)));
    }
}
