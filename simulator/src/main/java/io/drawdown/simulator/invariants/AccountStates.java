package io.drawdown.simulator.invariants;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.Hold;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All states of one account that a majority ever had, and all its entries, with the moments at which they became true. */
public final class AccountStates {

    private final String id;
    private final List<Version> versions = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final Map<String, Long> seqByKey = new HashMap<>();
    private final Map<String, TreeMap<Long, Entry>> bySession = new HashMap<>();

    AccountStates(String id) {
        this.id = id;
    }

    /** A document that a majority had from then until the next one. */
    private record Version(Account document, long fromNanos) {}

    /** An entry, when a majority had it, and the account right after it. */
    private record Moment(
            Entry entry,
            long nanos,
            AccountStatus status,
            @Nullable String plan) {}

    /** When a question was asked and answered, and what the clock of the answering process showed at both moments. */
    public record Window(long askedNanos, long answeredNanos, Instant askedClock, Instant answeredClock) {

        /** The latest time that the clock can have shown by then: a sample of the database's time may have moved it meanwhile. */
        Instant clockBy(long nanos) {
            if (nanos >= answeredNanos) {
                return answeredClock;
            }
            Instant carriedOn = askedClock.plusNanos(nanos - askedNanos);
            boolean isMoved = !answeredClock
                    .truncatedTo(ChronoUnit.MILLIS)
                    .minusMillis(1)
                    .isBefore(askedClock.plusNanos(answeredNanos - askedNanos));
            return isMoved ? answeredClock : carriedOn;
        }
    }

    public String id() {
        return id;
    }

    /** How many entries the account has. */
    public int entries() {
        return moments.size();
    }

    public Entry entry(long seq) {
        return moments.get((int) seq - 1).entry();
    }

    /** The latest document that a majority has. */
    public Optional<Account> latest() {
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.getLast().document());
    }

    void add(Account document, long nanos) {
        versions.add(new Version(document, nanos));
    }

    void add(Entry entry, long nanos) {
        AccountStatus before =
                moments.isEmpty() ? AccountStatus.ACTIVE : moments.getLast().status();
        String plan = entry.type() == EntryType.PLAN_CHANGED ? entry.subject().plan() : plan().orElse(null);
        moments.add(new Moment(entry, nanos, statusAfter(entry.type(), before), plan));
        if (entry.keyHash() != null) {
            seqByKey.put(entry.keyHash(), entry.seq());
        }
        Hold hold = entry.hold();
        if (hold != null) {
            bySession.computeIfAbsent(hold.id(), fresh -> new TreeMap<>()).put(entry.seq(), entry);
        }
    }

    private static AccountStatus statusAfter(EntryType type, AccountStatus before) {
        return switch (type) {
            case SUSPENDED -> AccountStatus.SUSPENDED;
            case REINSTATED -> AccountStatus.ACTIVE;
            case CLOSED -> AccountStatus.CLOSED;
            case OPENED,
                    GRANTED,
                    HELD,
                    SETTLED,
                    RELEASED,
                    CHARGED,
                    EXPIRED,
                    THRESHOLD_CROSSED,
                    OVERDUE,
                    GIVE_BACK_ASKED,
                    PLAN_CHANGED,
                    VOIDED -> before;
        };
    }

    public @Nullable Long seqOf(String keyHash) {
        return seqByKey.get(keyHash);
    }

    public long committedAt(long seq) {
        return moments.get((int) seq - 1).nanos();
    }

    public AccountStatus statusAt(long seq) {
        return moments.get((int) seq - 1).status();
    }

    /** The plan that the account has now. */
    Optional<String> plan() {
        return moments.isEmpty() ? Optional.empty() : planAt(moments.size());
    }

    Optional<String> planAt(long seq) {
        return Optional.ofNullable(moments.get((int) seq - 1).plan());
    }

    /** The hold as it stood right after that entry. */
    public Optional<Hold> holdAt(String session, long seq) {
        TreeMap<Long, Entry> entries = bySession.get(session);
        Map.Entry<Long, Entry> last = entries == null ? null : entries.floorEntry(seq);
        return last == null || last.getValue().type() == EntryType.RELEASED
                ? Optional.empty()
                : Optional.ofNullable(last.getValue().hold());
    }

    /** All entries about that session, in order. */
    public List<Entry> entriesOf(String session) {
        TreeMap<Long, Entry> entries = bySession.get(session);
        return entries == null ? List.of() : List.copyOf(entries.values());
    }

    public Iterable<String> sessions() {
        return bySession.keySet();
    }

    /** Whether there was no such account at some moment of the window. */
    public boolean wasAbsent(Window window) {
        return versions.isEmpty() || versions.getFirst().fromNanos() >= window.askedNanos();
    }

    /** Whether that entry was the latest at some moment of the window. */
    public boolean wasLatest(long seq, Window window) {
        boolean isKnown = seq >= 1 && seq <= moments.size() && committedAt(seq) <= window.answeredNanos();
        return isKnown && (seq == moments.size() || committedAt(seq + 1) >= window.askedNanos());
    }

    /**
     * Whether this was the money of the account at some moment of the window: by a document that stood then, at a clock
     * that had not passed that document's end; or between two entries of one write.
     */
    public boolean wasTrue(AccountView view, Window window) {
        long seq = view.seq();
        if (!wasLatest(seq, window)) {
            return false;
        }
        if (seq < moments.size()
                && committedAt(seq + 1) == committedAt(seq)
                && entry(seq).view().equals(view)) {
            return true;
        }
        for (int i = versions.size() - 1; i >= 0; i--) {
            Version version = versions.get(i);
            long end = i + 1 < versions.size() ? versions.get(i + 1).fromNanos() : Long.MAX_VALUE;
            if (end < window.askedNanos()) {
                return false;
            }
            boolean overlaps = version.fromNanos() <= window.answeredNanos();
            if (overlaps && version.document().seq() == seq && isView(version.document(), view, window, end)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the account had that balance, and that much available, at some moment since that entry and until then. */
    public boolean wasEver(long seq, Credits balance, @Nullable Credits available, long untilNanos) {
        return wasEver(seq, view -> isMoney(view, balance, available), untilNanos);
    }

    /** Whether that much was available at some moment since that entry and until then. */
    public boolean hadAvailable(long seq, Credits available, long untilNanos) {
        return wasEver(seq, view -> view.available().equals(available), untilNanos);
    }

    private boolean wasEver(long seq, Predicate<AccountView> isMoney, long untilNanos) {
        if (seq < 1 || seq > moments.size() || committedAt(seq) > untilNanos) {
            return false;
        }
        if (isMoney.test(entry(seq).view())) {
            return true;
        }
        for (Version version : versions) {
            Account document = version.document();
            if (document.seq() == seq && version.fromNanos() <= untilNanos) {
                for (Grant grant : document.grants()) {
                    Instant expiry = grant.expiresAt() == null ? grant.effectiveAt() : grant.expiresAt();
                    if (isMoney.test(document.view(expiry)) || isMoney.test(document.view(grant.effectiveAt()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isMoney(AccountView view, Credits balance, @Nullable Credits available) {
        return view.balance().equals(balance)
                && (available == null || view.available().equals(available));
    }

    private static boolean isView(Account document, AccountView view, Window window, long endNanos) {
        Instant from = window.askedClock();
        Instant to = window.clockBy(endNanos);
        if (document.view(from).equals(view) || document.view(to).equals(view)) {
            return true;
        }
        for (Grant grant : document.grants()) {
            Instant expiry = grant.expiresAt();
            if (isWithin(grant.effectiveAt(), from, to)
                    && document.view(grant.effectiveAt()).equals(view)) {
                return true;
            }
            if (expiry != null
                    && isWithin(expiry, from, to)
                    && document.view(expiry).equals(view)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(Instant at, Instant from, Instant to) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    /** Whether the document was this one, but for its outbox, at some moment of the window. */
    public boolean stood(Account document, Window window) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            long end = i + 1 < versions.size() ? versions.get(i + 1).fromNanos() : Long.MAX_VALUE;
            if (end < window.askedNanos()) {
                return false;
            }
            Version version = versions.get(i);
            if (version.fromNanos() <= window.answeredNanos()
                    && version.document().rev() == document.rev()
                    && version.document().writeId().equals(document.writeId())) {
                return true;
            }
        }
        return false;
    }
}
