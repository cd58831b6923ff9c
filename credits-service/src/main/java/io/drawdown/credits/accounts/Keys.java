package io.drawdown.credits.accounts;

import io.drawdown.contracts.ProblemType;
import java.util.List;
import java.util.Optional;

/** Commands that carry a key have one effect, for ever: the ring knows the recent ones, the ledger the rest. */
final class Keys {

    private Keys() {}

    /** The decision if the key was used before. */
    static Optional<Decision> repeated(Draft draft, Key key) {
        Optional<RecentKey> recent = draft.recent(key.hash());
        if (recent.isPresent()) {
            return Optional.of(again(draft, key, recent.get()));
        }
        return draft.inLedger(key.hash())
                .map(entry -> key.requestHash().equals(entry.requestHash())
                        ? draft.unchanged(new Reply.Posted(entry, true))
                        : draft.refused(ProblemType.IDEMPOTENCY_KEY_REUSED));
    }

    private static Decision again(Draft draft, Key key, RecentKey recent) {
        if (!recent.requestHash().equals(key.requestHash())) {
            return draft.refused(ProblemType.IDEMPOTENCY_KEY_REUSED);
        }
        return draft.waiting(recent.seq())
                .map(entry -> draft.unchanged(new Reply.Posted(entry, true)))
                .orElseGet(() -> new Decision.Replayed(recent.seq()));
    }

    /**
     * The ring within its bound again, once a whole group was decided: the oldest keys leave as far as their entries are
     * drained, so that whoever misses one in the ring finds it in the ledger.
     */
    static Account evicted(Account account, int bound) {
        List<RecentKey> keys = account.recentKeys();
        long firstWaiting = account.outbox().isEmpty()
                ? Long.MAX_VALUE
                : account.outbox().getFirst().seq();
        int first = 0;
        while (keys.size() - first > bound && keys.get(first).seq() < firstWaiting) {
            first++;
        }
        return first == 0 ? account : account.withKeys(keys.subList(first, keys.size()));
    }

    /** The command's key, if it carries one. */
    static Optional<Key> of(Command command) {
        return switch (command) {
            case Command.AddGrant grant -> Optional.of(grant.key());
            case Command.Charge charge -> Optional.of(charge.key());
            case Command.StartHold start -> Optional.of(start.key());
            case Command.Open open -> Optional.empty();
            case Command.Settle settle -> Optional.empty();
            case Command.Release release -> Optional.empty();
            case Command.Takeover takeover -> Optional.empty();
            case Command.Suspend suspend -> Optional.empty();
            case Command.Reinstate reinstate -> Optional.empty();
            case Command.Close close -> Optional.empty();
            case Command.Tick tick -> Optional.empty();
        };
    }
}
