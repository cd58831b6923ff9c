package io.drawdown.credits.store;

import io.drawdown.credits.account.Account;
import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents as this instance saw them last. They may be old, so they only propose writes and never decide.
 *
 * <p>A proposal on an old document loses its race. Where other instances write too, only what this one alone has written
 * several times in a row is proposed, so a stale copy wastes at most one write in that many; everything else is
 * read first.
 */
public final class AccountCache {

    /** After a write of another instance was met, others are expected for so long. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final int enough;
    private final Time time;
    private final Map<String, Remembered> accounts;
    private boolean hasMet;
    private long metNanos;

    /** @param inARow writes of this instance that no other one interrupted */
    private record Remembered(Account account, int inARow) {}

    /**
     * @param most accounts that are remembered
     * @param enough writes in a row of this instance after which it is taken for the only writer of an account
     */
    public AccountCache(int most, int enough, Time time) {
        this.enough = enough;
        this.time = time;
        accounts = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                return size() > most;
            }
        };
    }

    /** The document to propose a write on, if there is one that is likely to be the current one. */
    public @Nullable Account get(String id) {
        Remembered known = accounts.get(id);
        return known == null || (hasOtherWriters() && known.inARow < enough) ? null : known.account;
    }

    /** The document as it was seen last, by whomever it is written; for a write that is guarded by its {@code rev}. */
    public @Nullable Account lastSeen(String id) {
        Remembered known = accounts.get(id);
        return known == null ? null : known.account;
    }

    /** This instance wrote the account. */
    public void written(Account account) {
        Remembered before = accounts.get(account.id());
        int inARow = before != null && before.account.rev() == account.rev() - 1 ? before.inARow + 1 : 1;
        accounts.put(account.id(), new Remembered(account, inARow));
    }

    /** The account was read. */
    public void seen(Account account) {
        Remembered before = accounts.get(account.id());
        if (before == null) {
            accounts.put(account.id(), new Remembered(account, 0));
        } else if (before.account.rev() == account.rev()) {
            accounts.put(account.id(), new Remembered(account, before.inARow));
        } else if (before.account.rev() < account.rev()) {
            metAnotherWriter();
            accounts.put(account.id(), new Remembered(account, 0));
        }
    }

    /** Another instance writes the account, or drains it. */
    public void shared(String id) {
        metAnotherWriter();
        accounts.remove(id);
    }

    public void remove(String id) {
        accounts.remove(id);
    }

    /** The outbox of the document was trimmed in the store, its {@code rev} stays. */
    public void trimmed(String id, long drainedTo) {
        accounts.computeIfPresent(
                id, (key, known) -> new Remembered(known.account.withoutDrained(drainedTo), known.inARow));
    }

    private void metAnotherWriter() {
        hasMet = true;
        metNanos = time.nanos();
    }

    private boolean hasOtherWriters() {
        return hasMet && time.nanos() - metNanos < REMEMBERED.toNanos();
    }
}
