package io.drawdown.credits.ledger;

import io.drawdown.credits.accounts.Account;
import io.drawdown.credits.accounts.Entry;
import io.drawdown.credits.accounts.Outgoing;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives what was committed to the relay, unless the outbox already held what another process is draining: that one finds
 * the new entries there. Both would send every entry otherwise.
 */
public record Draining(Relay<LedgerRow> relay, Time time) implements Outgoing {

    /** Whoever drains an outbox does it within this time; after it, everybody does. */
    private static final Duration FRESH = RelayLimits.DEFAULT.patience();

    @Override
    public boolean committed(Account account, long readSeq) {
        boolean isMine = !isDrainedByAnother(account, readSeq);
        if (isMine) {
            relay.offer(account.id(), LedgerRow.outboxOf(account));
        } else {
            relay.leave(account.id());
        }
        return isMine;
    }

    private boolean isDrainedByAnother(Account account, long readSeq) {
        return !relay.isDraining(account.id())
                && head(account.withoutDrained(relay.drainedTo(account.id())))
                        .filter(head -> head.seq() <= readSeq && isFresh(head, time.now()))
                        .isPresent();
    }

    @Override
    public long drainedTo(Account read) {
        long drainedTo = relay.drainedTo(read.id());
        if (head(read).filter(head -> head.seq() <= drainedTo).isPresent()) {
            relay.lookAgain(read.id());
        }
        return drainedTo;
    }

    /** Whether somebody is still at it; an entry whose time has not come was written by another clock and says nothing. */
    static boolean isBeingDrained(Account account, Instant now) {
        return head(account).filter(head -> isFresh(head, now)).isPresent();
    }

    private static Optional<Entry> head(Account account) {
        return account.outbox().stream().findFirst();
    }

    private static boolean isFresh(Entry head, Instant now) {
        return !head.at().isAfter(now) && head.at().isAfter(now.minus(FRESH));
    }
}
