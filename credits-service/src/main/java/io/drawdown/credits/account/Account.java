package io.drawdown.credits.account;

import io.drawdown.contracts.AccountView;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * The document of an account: everything that must happen together sits in it and is written by one guarded write.
 *
 * @param plan what kinds of session it may start; null: every kind
 * @param rev raised by every write; a write names the one it was decided on
 */
@MongoEntity(collection = "accounts")
public record Account(
        @BsonId String id,
        long rev,
        LastWrite lastWrite,
        Opening opening,
        AccountStatus status,
        @Nullable String plan,
        Money money,
        Outbox outbox) {

    /** The version of the document's shape. */
    public static final int SCHEMA = 5;

    /**
     * What the latest write left.
     *
     * @param writeId random per write; tells whose write it was when an answer was lost
     * @param accountTime the latest time at which the account was decided; never falls
     */
    public record LastWrite(String writeId, Instant accountTime, int schema) {

        /** @param writeId of the write before, until the document goes into the store */
        public static LastWrite at(Instant accountTime, String writeId) {
            return new LastWrite(writeId, accountTime, SCHEMA);
        }
    }

    /** @param requestHash of the request that opened it */
    public record Opening(Instant at, String requestHash) {}

    /**
     * What is on the account.
     *
     * @param grants oldest first
     * @param dueAt when time alone changes something, absent if never
     * @param asks whom it asked to give back; absent if nobody, ever
     */
    public record Money(
            List<Grant> grants,
            List<Hold> holds,
            Thresholds thresholds,
            @Nullable Instant dueAt,
            @Nullable Asks asks) {

        public Money {
            grants = List.copyOf(grants);
            holds = List.copyOf(holds);
        }

        private Money withAsks(Asks next) {
            return new Money(grants, holds, thresholds, dueAt, next);
        }
    }

    /**
     * What is on its way to the ledger. So it has every idempotency key that may not be in the ledger yet.
     *
     * @param seq of the latest entry of the account
     * @param entries those that are not known to be in the ledger and published, in order
     * @param pending true while there are such entries, else absent
     */
    public record Outbox(
            long seq, List<Entry> entries, @Nullable Boolean pending) {

        public Outbox {
            entries = List.copyOf(entries);
        }

        public static Outbox of(long seq, List<Entry> entries) {
            return new Outbox(seq, entries, entries.isEmpty() ? null : Boolean.TRUE);
        }

        /** Whether entries of the account have left: then the ledger knows keys that are not here. */
        public boolean hasDrained() {
            return seq > entries.size();
        }

        /** The entry that this idempotency key caused, if it has not left. */
        public Optional<Entry> causedBy(String keyHash) {
            return entries.stream()
                    .filter(entry -> keyHash.equals(entry.keyHash()))
                    .findFirst();
        }

        /** The entry that has waited longest. */
        public Optional<Entry> head() {
            return entries.stream().findFirst();
        }

        Outbox after(long drainedTo) {
            return of(
                    seq,
                    entries.stream().filter(entry -> entry.seq() > drainedTo).toList());
        }
    }

    /** An account to be opened: nothing is on it. */
    public static Account blank(String id, Opening opening) {
        return new Account(
                id,
                0,
                LastWrite.at(opening.at(), ""),
                opening,
                AccountStatus.ACTIVE,
                null,
                new Money(List.of(), List.of(), Thresholds.UNARMED, null, null),
                Outbox.of(0, List.of()));
    }

    public Instant accountTime() {
        return lastWrite.accountTime();
    }

    public String writeId() {
        return lastWrite.writeId();
    }

    public List<Grant> grants() {
        return money.grants();
    }

    public List<Hold> holds() {
        return money.holds();
    }

    public Optional<Hold> hold(String holdId) {
        return holds().stream().filter(hold -> hold.id().equals(holdId)).findFirst();
    }

    /** The seq of the latest entry. */
    public long seq() {
        return outbox.seq();
    }

    /** The money as it stands at {@code now}; expired credits are not counted even before they are posted. */
    public AccountView view(Instant now) {
        return balancesAt(now).view(seq(), money.thresholds());
    }

    /** The money as it stands at {@code now}, by concern. */
    public Balances balancesAt(Instant now) {
        return new Balances(grants(), holds(), now.isAfter(accountTime()) ? now : accountTime());
    }

    public Account written(long nextRev, String nextWriteId) {
        return new Account(id, nextRev, LastWrite.at(accountTime(), nextWriteId), opening, status, plan, money, outbox);
    }

    /** Nobody waits any more for what its sessions give back. */
    public Account withAsksClosed() {
        return money.asks() == null
                ? this
                : new Account(
                        id,
                        rev,
                        lastWrite,
                        opening,
                        status,
                        plan,
                        money.withAsks(money.asks().closed()),
                        outbox);
    }

    /** Without the entries up to {@code drainedTo}; {@code rev} stays. */
    public Account withoutDrained(long drainedTo) {
        boolean isDrained =
                outbox.head().filter(head -> head.seq() <= drainedTo).isPresent();
        return isDrained
                ? new Account(id, rev, lastWrite, opening, status, plan, money, outbox.after(drainedTo))
                : this;
    }
}
