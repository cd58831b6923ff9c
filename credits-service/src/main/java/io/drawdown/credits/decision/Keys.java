package io.drawdown.credits.decision;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.RecentKey;
import java.util.List;
import java.util.Optional;

/** Commands that carry a key have one effect, for ever: the ring knows the recent ones, the ledger the rest. */
public final class Keys {

    private Keys() {}

    /** The decision if the key was used before. */
    public static Optional<Decision> repeated(Draft draft, Key key) {
        return used(draft, key.hash()).map(use -> {
            if (use.isCancelled()) {
                return draft.refused(ProblemType.OPERATION_CANCELLED);
            }
            return use.requestHash().equals(key.requestHash())
                    ? replayed(draft, use)
                    : draft.refused(ProblemType.IDEMPOTENCY_KEY_REUSED);
        });
    }

    /** What was done under the key, whatever request it came with. */
    public static Optional<RecentKey> used(Draft draft, String keyHash) {
        return draft.recent(keyHash).or(() -> draft.inLedger(keyHash).map(RecentKey::of));
    }

    /**
     * The reply that was given then. What only the ledger knows may be newer than the document as read; the draft may give its
     * number to an entry of its own, so it is not looked for there.
     */
    public static Decision replayed(Draft draft, RecentKey use) {
        return draft.recent(use.keyHash())
                .flatMap(known -> draft.waiting(known.seq()))
                .map(entry -> draft.unchanged(new Reply.Posted(entry, true)))
                .orElseGet(() -> new Decision.Replayed(use.seq()));
    }

    /**
     * The ring within its bound again, once a whole group was decided: the oldest keys leave as far as their entries are
     * drained, so that whoever misses one in the ring finds it in the ledger.
     */
    public static Account evicted(Account account, int bound) {
        List<RecentKey> keys = account.recentKeys();
        long firstWaiting = firstWaiting(account.outbox());
        int first = 0;
        while (keys.size() - first > bound && keys.get(first).seq() < firstWaiting) {
            first++;
        }
        return first == 0 ? account : account.withKeys(keys.subList(first, keys.size()));
    }

    /** The keys that cannot leave the ring yet. */
    public static List<RecentKey> undrained(List<RecentKey> keys, List<Entry> outbox) {
        long firstWaiting = firstWaiting(outbox);
        return keys.stream().filter(key -> key.seq() >= firstWaiting).toList();
    }

    private static long firstWaiting(List<Entry> outbox) {
        return outbox.isEmpty() ? Long.MAX_VALUE : outbox.getFirst().seq();
    }

    /** The hashes of the keys by which the command may have been carried out before. */
    public static List<String> toLookUp(Account account, Command command) {
        return switch (command) {
            case Command.AddGrant grant -> List.of(grant.key().hash());
            case Command.Charge charge -> List.of(charge.key().hash());
            case Command.StartHold start -> List.of(start.key().hash());
            case Command.Cancel cancel -> List.of(cancel.key().hash());
            case Command.CancelStart cancel -> List.of(cancel.key().hash());
            case Command.Release release -> toLookUp(account, release);
            case Command.Open open -> List.of();
            case Command.Settle settle -> List.of();
            case Command.Takeover takeover -> List.of();
            case Command.Suspend suspend -> List.of();
            case Command.Reinstate reinstate -> List.of();
            case Command.Close close -> List.of();
            case Command.Tick tick -> List.of();
        };
    }

    /** A hold that is there was not released; and none is looked for where nobody waits for the answer. */
    private static List<String> toLookUp(Account account, Command.Release release) {
        String startKey = release.startKey();
        return startKey == null || account.hold(release.sessionId()).isPresent()
                ? List.of()
                : List.of(release.key().hash(), startKey);
    }
}
