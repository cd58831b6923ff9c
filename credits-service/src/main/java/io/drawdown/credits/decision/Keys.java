package io.drawdown.credits.decision;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.RecentKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A command that carries a key has one effect, for ever. The ring knows the recent keys, the ledger the others. */
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
        return used(draft, key.hash()).map(use -> {
            if (use.isCancelled()) {
                return draft.refused(ProblemType.OPERATION_CANCELLED);
            }
            return use.requestHash().equals(key.requestHash())
                    ? replayed(draft, use, result)
                    : draft.refused(ProblemType.IDEMPOTENCY_KEY_REUSED);
        });
    }

    /** What was done under the key, whatever request it came with. */
    public static Optional<RecentKey> used(Draft draft, String keyHash) {
        return draft.recent(keyHash).or(() -> draft.inLedger(keyHash).map(RecentKey::of));
    }

    /** What was posted under the key then. */
    public static Decision<Posted> replayed(Draft draft, RecentKey use) {
        return replayed(draft, use, Posted::before);
    }

    /**
     * The reply that was given then. A row that only the ledger knows may be newer than the document as it was read. The draft
     * may give the same seq to an entry of its own, so the row is not looked for in the draft.
     *
     * @param result what the row of the key says to this command
     */
    public static <R> Decision<R> replayed(Draft draft, RecentKey use, Function<Entry, R> result) {
        return draft.recent(use.keyHash())
                .flatMap(known -> draft.entryInOutbox(known.seq()))
                .map(entry -> draft.unchanged(result.apply(entry)))
                .orElseGet(() -> new Decision.Replayed<>(use.seq(), result));
    }

    /**
     * Brings the ring back within its bound after a whole batch was decided. The oldest keys leave if their entries are
     * drained, so that a key that is not in the ring is found in the ledger.
     */
    public static Account evicted(Account account, int bound) {
        List<RecentKey> keys = account.keys().recent();
        long firstWaiting = firstWaiting(account.outbox().entries());
        int first = 0;
        while (keys.size() - first > bound && keys.get(first).seq() < firstWaiting) {
            first++;
        }
        return first == 0 ? account : account.withoutKeysBefore(first);
    }

    /** The keys that cannot leave the ring yet. */
    public static List<RecentKey> undrained(List<RecentKey> keys, List<Entry> outbox) {
        long firstWaiting = firstWaiting(outbox);
        return keys.stream().filter(key -> key.seq() >= firstWaiting).toList();
    }

    private static long firstWaiting(List<Entry> outbox) {
        return outbox.isEmpty() ? Long.MAX_VALUE : outbox.getFirst().seq();
    }
}
