package io.drawdown.credits.decision;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import java.util.Optional;
import java.util.function.Function;

/** A command that carries a key has one effect, for ever. The outbox knows the latest keys, the ledger the others. */
public final class Keys {

    private Keys() {}

    /** The decision if the key of a posting was used before. */
    public static Optional<Decision<Posted>> repeated(Draft draft, Key key) {
        return repeated(draft, key, Posted::before);
    }

    /**
     * The decision if the key was used before.
     *
     * @param result what the row of the key says to this command
     */
    public static <R> Optional<Decision<R>> repeated(Draft draft, Key key, Function<Entry, R> result) {
        return used(draft, key.hash()).map(row -> {
            if (row.isCancellation()) {
                return draft.refused(ProblemType.OPERATION_CANCELLED);
            }
            return key.requestHash().equals(row.requestHash())
                    ? draft.unchanged(result.apply(row))
                    : draft.refused(ProblemType.IDEMPOTENCY_KEY_REUSED);
        });
    }

    /** The entry that was posted under the key, by this request or by another one. */
    public static Optional<Entry> used(Draft draft, String keyHash) {
        return draft.inOutbox(keyHash).or(() -> draft.inLedger(keyHash));
    }
}
