package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.commit.AccountOutbox;
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
 * Which of several processes drains an outbox.
 *
 * <p>The rule. Whoever finds an outbox empty and adds to it drains it, until it finds nothing there any more. Whoever finds
 * entries of another in it leaves to that one what it adds. Whoever finds an entry that is older than {@link #PATIENCE}
 * drains it all, whatever it believed before; the sweep looks for such entries.
 *
 * <p>Why all is published: the time of an entry never changes, so every entry that stays grows old, and any process that
 * runs then finds it and gives it to its relay, which sends what it is given. Why in order: a relay is given an entry
 * together with all that were before it in the outbox, and entries leave an outbox only when they were published. So who
 * drains is only a matter of work: if two do, an event is sent twice, never lost and never too early.
 */
public final class Draining implements AccountOutbox {

    /** Whoever drains an outbox does it within this time; after it, everybody does. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** After so long the sweep has found what was left, should it still be there. */
    private static final Duration SWEPT = Duration.ofSeconds(8);

    private static final int MOST_LEFT = 10_000;
    private static final int READ_AT_ONCE = 32;

    private final Relay<LedgerRow> relay;
    private final AccountStore accounts;
    private final Time time;

    /** Accounts whose entries were left to others lately, and when; the latest last. */
    private final Map<String, Long> left = new LinkedHashMap<>();

    private boolean isTakingBack;

    public Draining(Relay<LedgerRow> relay, AccountStore accounts, Time time) {
        this.relay = relay;
        this.accounts = accounts;
        this.time = time;
    }

    /** An outbox that holds again what was trimmed was read before: what was added then was left to this relay. */
    @Override
    public Account undrained(Account read) {
        long drainedTo = relay.drainedTo(read.id());
        if (!relay.isDraining(read.id())
                && head(read).filter(head -> head.seq() <= drainedTo).isPresent()) {
            offer(read);
        }
        return read.withoutDrained(drainedTo);
    }

    @Override
    public boolean committed(Account account, long readSeq) {
        boolean isMine = relay.isDraining(account.id()) || !isDrainedByAnother(account, readSeq);
        left.remove(account.id());
        if (isMine) {
            offer(account);
        } else {
            left.put(account.id(), time.nanos());
            forgetWhatIsSwept();
        }
        return isMine;
    }

    /**
     * For a stop: takes on what was left to others and is still there, for they may have died. To be asked again while
     * {@link #hasLeft}.
     */
    public void takeBack() {
        if (!isTakingBack && hasLeft()) {
            isTakingBack = true;
            Multi.createFrom()
                    .iterable(List.copyOf(left.keySet()))
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
                    left.remove(accountId);
                })
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Whether something was left to others lately that was not taken back. */
    public boolean hasLeft() {
        return !left.isEmpty();
    }

    private void offer(Account account) {
        relay.offer(account.id(), LedgerRow.outboxOf(account));
    }

    private void forgetWhatIsSwept() {
        long now = time.nanos();
        Iterator<Long> eldest = left.values().iterator();
        while (eldest.hasNext() && (left.size() > MOST_LEFT || now - eldest.next() > SWEPT.toNanos())) {
            eldest.remove();
        }
    }

    private boolean isDrainedByAnother(Account account, long readSeq) {
        return head(account)
                .filter(head -> head.seq() <= readSeq && isFresh(head, time.now()))
                .isPresent();
    }

    /** Whether somebody is still at it. */
    static boolean isBeingDrained(Account account, Instant now) {
        return head(account).filter(head -> isFresh(head, now)).isPresent();
    }

    private static Optional<Entry> head(Account account) {
        return account.outbox().stream().findFirst();
    }

    /** A time that is further off was written by another clock and says nothing; a clock may be a little ahead. */
    private static boolean isFresh(Entry head, Instant now) {
        return Duration.between(head.at(), now).abs().compareTo(PATIENCE) < 0;
    }
}
