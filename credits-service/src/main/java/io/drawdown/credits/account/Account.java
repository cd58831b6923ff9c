package io.drawdown.credits.account;

import io.drawdown.contracts.AccountView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * The document of an account: everything that must happen together sits in it and is written by one guarded write.
 *
 * @param rev raised by every write; a write names the one it was decided on
 * @param writeId random per write; tells whose write it was when an answer was lost
 * @param accountTime the latest time at which it was decided; never falls
 * @param seq of the latest entry
 * @param openingHash of the request that opened it
 * @param grants oldest first
 * @param recentKeys oldest first; a key leaves only after its entry was drained
 * @param keysEvicted whether a key ever left: then the ledger is asked for a key that is not here
 * @param outbox entries that are not known to be in the ledger and published, in order
 * @param pending true while the outbox holds something, else absent
 * @param dueAt when time alone changes something, absent if never
 */
public record Account(
        @BsonId String id,
        long rev,
        String writeId,
        int schema,
        Instant openedAt,
        Instant accountTime,
        AccountStatus status,
        long seq,
        String openingHash,
        List<Grant> grants,
        List<Hold> holds,
        List<RecentKey> recentKeys,
        boolean keysEvicted,
        Thresholds thresholds,
        List<Entry> outbox,
        @Nullable Boolean pending,
        @Nullable Instant dueAt) {

    /** The version of the document's shape. */
    public static final int SCHEMA = 2;

    public Account {
        grants = List.copyOf(grants);
        holds = List.copyOf(holds);
        recentKeys = List.copyOf(recentKeys);
        outbox = List.copyOf(outbox);
    }

    /** The money as it stands at {@code now}; expired credits are not counted even before they are posted. */
    public AccountView view(Instant now) {
        return balancesAt(now).view(seq, thresholds);
    }

    /** The money as it stands at {@code now}, by concern. */
    public Balances balancesAt(Instant now) {
        return new Balances(grants, holds, now.isAfter(accountTime) ? now : accountTime);
    }

    public Optional<Hold> hold(String holdId) {
        return holds.stream().filter(hold -> hold.id().equals(holdId)).findFirst();
    }

    public Account written(long nextRev, String nextWriteId) {
        return new Account(
                id,
                nextRev,
                nextWriteId,
                schema,
                openedAt,
                accountTime,
                status,
                seq,
                openingHash,
                grants,
                holds,
                recentKeys,
                keysEvicted,
                thresholds,
                outbox,
                pending,
                dueAt);
    }

    public Account withKeys(List<RecentKey> keys) {
        return new Account(
                id,
                rev,
                writeId,
                schema,
                openedAt,
                accountTime,
                status,
                seq,
                openingHash,
                grants,
                holds,
                keys,
                true,
                thresholds,
                outbox,
                pending,
                dueAt);
    }

    /** Without the entries up to {@code drainedTo}; {@code rev} stays. */
    public Account withoutDrained(long drainedTo) {
        if (outbox.isEmpty() || outbox.getFirst().seq() > drainedTo) {
            return this;
        }
        List<Entry> left =
                outbox.stream().filter(entry -> entry.seq() > drainedTo).toList();
        return new Account(
                id,
                rev,
                writeId,
                schema,
                openedAt,
                accountTime,
                status,
                seq,
                openingHash,
                grants,
                holds,
                recentKeys,
                keysEvicted,
                thresholds,
                left,
                left.isEmpty() ? null : Boolean.TRUE,
                dueAt);
    }
}
