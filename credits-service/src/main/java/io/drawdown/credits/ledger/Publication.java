package io.drawdown.credits.ledger;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.metrics.CoreMetrics;
import io.drawdown.credits.store.AccountCache;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.credits.store.Trim;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.outbox.Destination;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.Spans;
import io.drawdown.kit.trace.WriteSpans;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The steps of an entry out of its account: first a row in the ledger, then an event, then it leaves the outbox. A row that
 * is there already counts as written only if it is equal. Any other row in its place is a conflict and stops the account.
 */
public final class Publication implements Destination<LedgerRow> {

    private static final Logger LOG = Logger.getLogger(Publication.class);
    private static final String SOURCE = "credits-service";

    private final LedgerStore ledger;
    private final AccountStore accounts;
    private final EventPublisher publisher;
    private final AccountCache cache;
    private final CoreMetrics metrics;
    private final Spans spans;
    private ConflictListener listener = (accountId, seq) -> {};

    /** Told where another row stands in the place of an account's entry; maybe more than once. */
    public interface ConflictListener {
        void conflict(String accountId, long seq);
    }

    public Publication(
            LedgerStore ledger,
            AccountStore accounts,
            EventPublisher publisher,
            AccountCache cache,
            CoreMetrics metrics,
            Spans spans) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.publisher = publisher;
        this.cache = cache;
        this.metrics = metrics;
        this.spans = spans;
    }

    public void whenConflict(ConflictListener told) {
        listener = told;
    }

    @Override
    public long seq(LedgerRow row) {
        return row.entry().seq();
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<LedgerRow>> items) {
        List<LedgerRow> rows = items.values().stream().flatMap(List::stream).toList();
        return span(rows)
                .around(ledger.insertAll(rows))
                .invoke(there -> metrics.recorded(rows.size(), there.size()))
                .flatMap(there -> conflicts(rows, Set.copyOf(there)));
    }

    private Span span(List<LedgerRow> rows) {
        if (!spans.isOn()) {
            return Span.NONE;
        }
        Stream<TraceContext> causes =
                rows.stream().flatMap(row -> Stream.ofNullable(row.entry().trace()));
        return WriteSpans.start(spans, "insert", "ledger", causes);
    }

    private Uni<Set<String>> conflicts(List<LedgerRow> rows, Set<String> there) {
        List<Uni<Optional<LedgerRow>>> comparisons = rows.stream()
                .filter(row -> there.contains(row.id()))
                .map(this::conflict)
                .toList();
        if (comparisons.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return Uni.join().all(comparisons).andFailFast().map(this::report);
    }

    private Uni<Optional<LedgerRow>> conflict(LedgerRow row) {
        return ledger.row(row.account(), row.entry().seq()).map(found -> {
            LedgerRow stored = found.orElseThrow(() -> new Unavailable("a row that is there cannot be read yet"));
            return stored.equals(row) ? Optional.empty() : Optional.of(row);
        });
    }

    private Set<String> report(List<Optional<LedgerRow>> conflicts) {
        Set<String> stopped = new TreeSet<>();
        for (Optional<LedgerRow> conflict : conflicts) {
            conflict.ifPresent(row -> {
                if (stopped.add(row.account())) {
                    CurrentWork.within(
                            row.entry().trace(),
                            () -> LOG.errorf("Ledger conflict, a different row has this seq: row=%s", row.id()));
                    metrics.ledgerConflict(row.account(), row.entry().seq());
                    listener.conflict(row.account(), row.entry().seq());
                }
            });
        }
        return stopped;
    }

    @Override
    public Uni<Integer> publish(String accountId, List<LedgerRow> rows) {
        return publisher.publishInOrder(
                Topic.CREDITS_ACCOUNT, rows.stream().map(Publication::eventOf).toList());
    }

    private static CloudEvent eventOf(LedgerRow row) {
        AccountEvent event = row.entry().event(row.account());
        CloudEvent published = new CloudEvent(
                event.id(),
                event.type().eventType(),
                SOURCE,
                row.account(),
                event.at(),
                row.account(),
                Json.bytes(event));
        return published.causedBy(row.entry().trace());
    }

    /**
     * First by the documents as they were seen last, which needs no read. Where one of them is not current, all are read. One
     * that was current is trimmed by then and not found again, so what remains in it is known from what was seen.
     */
    @Override
    public Uni<Map<String, List<LedgerRow>>> trim(Map<String, Long> drainedTo) {
        List<Account> seen = drainedTo.keySet().stream()
                .map(cache::lastSeen)
                .filter(Objects::nonNull)
                .filter(account -> holdsDrained(account, drainedTo))
                .toList();
        return cut(seen, drainedTo)
                .flatMap(matched -> matched == seen.size()
                        ? trimRead(without(drainedTo, seen)).map(others -> {
                            others.putAll(remaining(seen, List.of(), drainedTo));
                            return others;
                        })
                        : trimRead(drainedTo).map(read -> {
                            remaining(seen, List.of(), drainedTo).forEach(read::putIfAbsent);
                            return read;
                        }))
                .invoke(ignored -> drainedTo.forEach(cache::trimmed));
    }

    private static Map<String, Long> without(Map<String, Long> drainedTo, List<Account> done) {
        Map<String, Long> others = new HashMap<>(drainedTo);
        done.forEach(account -> others.remove(account.id()));
        return others;
    }

    private Uni<Map<String, List<LedgerRow>>> trimRead(Map<String, Long> drainedTo) {
        return readUntrimmed(drainedTo).flatMap(found -> cut(found, drainedTo)
                .flatMap(matched ->
                        matched == found.size() ? Uni.createFrom().item(List.<Account>of()) : readUntrimmed(drainedTo))
                .map(lost -> remaining(found, lost, drainedTo)));
    }

    /** The accounts whose outbox still holds drained entries. Whatever others added since was left to this relay. */
    private Uni<List<Account>> readUntrimmed(Map<String, Long> drainedTo) {
        if (drainedTo.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return accounts.pendingAmong(drainedTo.keySet()).map(found -> found.stream()
                .filter(account -> holdsDrained(account, drainedTo))
                .toList());
    }

    private static boolean holdsDrained(Account account, Map<String, Long> drainedTo) {
        return account.outbox()
                .head()
                .filter(head -> head.seq() <= to(account, drainedTo))
                .isPresent();
    }

    private Uni<Long> cut(List<Account> drained, Map<String, Long> drainedTo) {
        return drained.isEmpty()
                ? Uni.createFrom().item(0L)
                : accounts.trim(drained.stream()
                        .map(account -> trim(account, to(account, drainedTo)))
                        .toList());
    }

    /** The entries that remain in each outbox; for an account whose trim lost a race, all that it holds now. */
    private static Map<String, List<LedgerRow>> remaining(
            List<Account> found, List<Account> lost, Map<String, Long> drainedTo) {
        Map<String, List<LedgerRow>> remaining = new HashMap<>();
        for (Account account : found) {
            Account rest = account.withoutDrained(to(account, drainedTo));
            if (!rest.outbox().entries().isEmpty()) {
                remaining.put(rest.id(), LedgerRow.outboxOf(rest));
            }
        }
        lost.forEach(account -> remaining.put(account.id(), LedgerRow.outboxOf(account)));
        return remaining;
    }

    private static long to(Account account, Map<String, Long> drainedTo) {
        return drainedTo.getOrDefault(account.id(), 0L);
    }

    private static Trim trim(Account account, long drainedTo) {
        return new Trim(account.id(), account.rev(), drainedTo, account.seq() <= drainedTo);
    }
}
