package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of committed entries out of their accounts: to the ledger, to the other services, and out of the document.
 *
 * <p>Which of several instances drains an outbox? The rule. An instance that finds an outbox empty and adds to it drains it,
 * until it finds nothing there any more. An instance that finds entries of another one in it leaves to that one what it adds.
 * An instance that finds an entry older than {@link #PATIENCE} drains the whole outbox, whatever it left to others before; a
 * sweep looks for such entries.
 *
 * <p>Why everything is published: the time of an entry never changes, so every entry that stays grows old, and any instance
 * that runs then finds it and gives it to its relay, which sends what it is given. Why in order: a relay is given an entry
 * together with all that were before it in the outbox, and entries leave an outbox only when they were published. So the
 * choice of the instance only saves work: if two drain one outbox, an event is sent twice, never lost and never too early.
 */
public final class AccountOutbox {

    /** An instance drains an outbox within this time; after it, any instance does. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** After this time the sweep has found what was left to others and is still there. */
    private static final Duration SWEPT = Duration.ofSeconds(8);

    private static final int MOST_LEFT = 10_000;
    private static final int READ_AT_ONCE = 32;
    private static final int MOST_SWEPT = 1_000;

    private final Relay<LedgerRow> relay;
    private final AccountStore accounts;
    private final Time time;

    /** Accounts whose entries were left to others lately, and when. The latest is last. */
    private final Map<String, Long> leftToOthers = new LinkedHashMap<>();

    private boolean isTakingBack;

    public AccountOutbox(Relay<LedgerRow> relay, AccountStore accounts, Time time) {
        this.relay = relay;
        this.accounts = accounts;
        this.time = time;
    }

    /**
     * The account, as it was read, without the entries that are known to be in the ledger and published. If the outbox holds
     * again what was trimmed, the account was read before the trim: what was added then was left to this relay, which drains
     * it from now on.
     */
    public Account reconcile(Account read) {
        long drainedTo = relay.drainedTo(read.id());
        if (!relay.isDraining(read.id())
                && head(read).filter(head -> head.seq() <= drainedTo).isPresent()) {
            offer(read);
        }
        return read.withoutDrained(drainedTo);
    }

    /**
     * Takes on the outbox of the document that was just written, or leaves it to another instance.
     *
     * @param readSeq the last entry that was there before this write
     * @return whether this instance drains it; otherwise another one does, and changes the outbox without our knowing
     */
    public boolean takeOn(Account account, long readSeq) {
        boolean isMine = relay.isDraining(account.id()) || !isDrainedByAnother(account, readSeq);
        if (isMine) {
            takeOnWhole(account);
        } else {
            leftToOthers.remove(account.id());
            leftToOthers.put(account.id(), time.nanos());
            forgetWhatIsSwept();
        }
        return isMine;
    }

    /** Takes on the outbox of a document that this instance wrote, although it is unknown what was there before the write. */
    public void takeOnWhole(Account account) {
        leftToOthers.remove(account.id());
        offer(account);
    }

    /** Finds what a crash, or a relay without room, left in an outbox. */
    public Uni<Void> sweep() {
        return accounts.pendingAccounts(MOST_SWEPT)
                .invoke(found -> {
                    Instant now = time.now();
                    found.stream()
                            .filter(account -> !isBeingDrained(account, now))
                            .forEach(this::offer);
                })
                .replaceWithVoid();
    }

    /** Entries that are committed and not yet published by this instance. */
    public int backlog() {
        return relay.backlog();
    }

    /**
     * For a stop: waits for nothing any more, and takes on what was left to others and is still there, for they may have
     * died. To be called again until {@link #isDrained}.
     */
    public void finish() {
        takeBack();
        relay.finish();
    }

    /** Whether nothing is left that this instance knows of. */
    public boolean isDrained() {
        return leftToOthers.isEmpty() && relay.aggregates() == 0;
    }

    private void takeBack() {
        if (!isTakingBack && !leftToOthers.isEmpty()) {
            isTakingBack = true;
            Multi.createFrom()
                    .iterable(List.copyOf(leftToOthers.keySet()))
                    .onItem()
                    .transformToUni(this::takeBack)
                    .merge(READ_AT_ONCE)
                    .collect()
                    .last()
                    .subscribe()
                    .with(done -> isTakingBack = false);
        }
    }

    private Uni<Void> takeBack(String accountId) {
        return accounts.readLatest(accountId)
                .invoke(found -> {
                    found.ifPresent(this::offer);
                    leftToOthers.remove(accountId);
                })
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void offer(Account account) {
        relay.offer(account.id(), LedgerRow.outboxOf(account));
    }

    private void forgetWhatIsSwept() {
        long now = time.nanos();
        Iterator<Long> eldest = leftToOthers.values().iterator();
        while (eldest.hasNext() && (leftToOthers.size() > MOST_LEFT || now - eldest.next() > SWEPT.toNanos())) {
            eldest.remove();
        }
    }

    private boolean isDrainedByAnother(Account account, long readSeq) {
        return head(account)
                .filter(head -> head.seq() <= readSeq && isFresh(head, time.now()))
                .isPresent();
    }

    /** Whether an instance is probably draining the outbox. */
    static boolean isBeingDrained(Account account, Instant now) {
        return head(account).filter(head -> isFresh(head, now)).isPresent();
    }

    private static Optional<Entry> head(Account account) {
        return account.outbox().entries().stream().findFirst();
    }

    /** A clock may be a little ahead. A time further in the future comes from a clock that was set back, and says nothing. */
    private static boolean isFresh(Entry head, Instant now) {
        return Duration.between(head.at(), now).abs().compareTo(PATIENCE) < 0;
    }
}
