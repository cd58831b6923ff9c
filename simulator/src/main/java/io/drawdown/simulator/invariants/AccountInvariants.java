package io.drawdown.simulator.invariants;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantPart;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.rules.Replay;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Checks every document, row and event of credits-service as soon as it is there: nothing is overdrawn, nothing is lost on
 * the way, no key has two effects, and each document is the replay of its entries.
 */
public final class AccountInvariants {

    private final Timeline timeline;
    private final Findings findings;
    private final Map<String, Watched> watched = new TreeMap<>();
    private final List<BiConsumer<String, Entry>> whenEntered = new ArrayList<>();

    private static final class Watched {
        final AccountStates truth;
        final Replay replay = new Replay();
        final Map<String, Hold> holds = new HashMap<>();
        final Set<Long> rows = new HashSet<>();
        long publishedTo;

        Watched(String id) {
            truth = new AccountStates(id);
        }
    }

    public AccountInvariants(Timeline timeline, Findings findings) {
        this.timeline = timeline;
        this.findings = findings;
    }

    public AccountStates of(String id) {
        return watched(id).truth;
    }

    public Collection<AccountStates> all() {
        return watched.values().stream().map(each -> each.truth).toList();
    }

    /** Told of every entry as soon as a majority has it. */
    public void whenEntered(BiConsumer<String, Entry> listener) {
        whenEntered.add(listener);
    }

    private Watched watched(String id) {
        return watched.computeIfAbsent(id, Watched::new);
    }

    /** A majority has this document now. */
    public void committed(String id, Account document) {
        Watched account = watched(id);
        long now = timeline.nanos();
        for (Entry entry : document.outbox().entries()) {
            if (entry.seq() > account.truth.entries()) {
                entered(account, entry, now);
            }
        }
        findings.expect(
                document.seq() == account.truth.entries(),
                "every entry passes through the outbox",
                () -> id + " is at " + document.seq() + ", its entries end at " + account.truth.entries());
        account.truth.add(document, now);
        account.replay.compare(document);
        findings.expect(
                account.replay.problems().isEmpty(),
                "the document is the replay of its entries",
                () -> id + ": " + account.replay.problems());
        long waitsFrom = document.outbox().entries().isEmpty()
                ? document.seq() + 1
                : document.outbox().entries().getFirst().seq();
        findings.expect(
                waitsFrom <= account.publishedTo + 1,
                "an entry leaves the outbox after it was published",
                () -> id + " dropped entries up to " + (waitsFrom - 1) + ", published to " + account.publishedTo);
        holds(account, document);
        conserved(account, document);
    }

    private void entered(Watched account, Entry entry, long now) {
        String key = entry.keyHash();
        Long before = key == null ? null : account.truth.seqOf(key);
        findings.expect(
                before == null,
                "a key has one effect",
                () -> account.truth.id() + ": entries " + before + " and " + entry.seq() + " have one key");
        findings.expect(
                Plans.allow(account.truth, entry),
                "a session is of a kind in the plan of its account",
                () -> account.truth.id() + " has the plan " + account.truth.plan() + ": " + entry);
        account.truth.add(entry, now);
        account.replay.apply(entry);
        findings.expect(
                BurnOrder.isKept(taken(entry), account.replay.free(), entry.at()),
                "credits burn in their order",
                () -> account.truth.id() + ": " + entry + ", left free " + account.replay.free());
        whenEntered.forEach(listener -> listener.accept(account.truth.id(), entry));
    }

    /** Checks what new work took. A running session is charged from what it reserved before. */
    private static List<GrantPart> taken(Entry entry) {
        return entry.type() == EntryType.CHARGED ? entry.parts() : List.of();
    }

    private void conserved(Watched account, Account document) {
        Replay sums = account.replay;
        long left = document.balancesAt(document.accountTime()).posted().micros();
        findings.expect(
                sums.turnover().issuedMicros()
                        == left
                                + sums.turnover().spentMicros()
                                + sums.turnover().expiredMicros(),
                "every credit issued is on the account, spent or expired",
                () -> account.truth.id() + ": issued " + sums.turnover().issuedMicros() + ", left " + left + ", spent "
                        + sums.turnover().spentMicros() + ", expired "
                        + sums.turnover().expiredMicros());
    }

    private void holds(Watched account, Account document) {
        Map<String, Credits> reserved = new HashMap<>();
        for (Hold hold : document.holds()) {
            Hold before = account.holds.put(hold.id(), hold);
            boolean isLess = before != null
                    && (hold.epoch() < before.epoch()
                            || hold.cut() < before.cut()
                            || (hold.epoch() == before.epoch()
                                    && hold.cut().equals(before.cut())
                                    && hold.fundedMillis() < before.fundedMillis()));
            findings.expect(
                    !isLess, "what is funded never falls within an epoch and a cut", () -> before + " became " + hold);
            for (Allocation part : hold.parts()) {
                reserved.merge(part.grantId(), part.amount(), Credits::plus);
            }
        }
        document.grants().forEach(grant -> {
            Credits ofIt = reserved.remove(grant.id());
            findings.expect(
                    ofIt == null || ofIt.compareTo(grant.remaining()) <= 0,
                    "no grant is reserved beyond what remains of it",
                    () -> document.id() + ": " + grant + ", reserved " + ofIt);
        });
        findings.expect(
                reserved.isEmpty(),
                "a hold reserves credits only of grants that exist",
                () -> document.id() + " holds " + reserved + " of grants that it has not");
    }

    /** A majority has this row now. */
    public void recorded(LedgerRow row) {
        Watched account = watched(row.account());
        long seq = row.entry().seq();
        boolean isTrue =
                seq <= account.truth.entries() && account.truth.entry(seq).equals(row.entry());
        findings.expect(isTrue, "a row is an entry of its account", () -> "row " + row.id() + ": " + row.entry());
        account.rows.add(seq);
    }

    /** The broker has this event now. */
    public void published(CloudEvent event) {
        Watched account = watched(event.subject());
        long seq = Long.parseLong(event.id().substring(event.id().lastIndexOf(':') + 1));
        findings.expect(
                account.rows.contains(seq),
                "an event is published after its row is written",
                () -> "event " + event.id());
        findings.expect(
                seq <= account.publishedTo + 1,
                "events of an account come in order, without gaps",
                () -> "event " + event.id() + " after " + account.publishedTo);
        boolean isSame = seq <= account.truth.entries()
                && account.truth.entry(seq).type().eventType().equals(event.type());
        findings.expect(isSame, "an event says what its entry says", () -> event.id() + " " + event.type());
        account.publishedTo = Math.max(account.publishedTo, seq);
    }

    /** Checks what must be true when everything has come to rest. */
    public void checkAtRest() {
        for (Watched account : watched.values()) {
            account.truth.latest().ifPresent(document -> checkAtRest(account, document));
        }
    }

    private void checkAtRest(Watched account, Account document) {
        String id = document.id();
        findings.expect(
                account.publishedTo == document.seq(),
                "when faults stop, every event is published",
                () -> id + " is at " + document.seq() + ", published to " + account.publishedTo);
        findings.expect(
                account.rows.size() == document.seq(),
                "when faults stop, every entry has its row",
                () -> id + " is at " + document.seq() + ", rows " + account.rows.size());
        findings.expect(
                document.outbox().entries().isEmpty() && document.outbox().pending() == null,
                "when faults stop, every outbox is empty",
                () -> id + " still waits with " + document.outbox().entries().size());
        findings.expect(
                document.holds().isEmpty(), "when faults stop, nothing is held", () -> id + ": " + document.holds());
    }
}
