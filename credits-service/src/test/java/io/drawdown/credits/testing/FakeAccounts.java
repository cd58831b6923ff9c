package io.drawdown.credits.testing;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.credits.store.Replacement;
import io.drawdown.credits.store.Trim;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Documents in memory, written under their guard; may lag behind where a port may. */
public final class FakeAccounts implements AccountStore {

    public final Faults reads;
    public final Faults writes;
    public final TreeMap<String, Account> documents = new TreeMap<>();
    private final Map<String, Account> former = new HashMap<>();
    /** Whether {@link #readMaybeStale} shows each document as it was before its last write. */
    public boolean isStale;

    public int decisions;
    public int peeks;
    public int singleWrites;
    public int bulkWrites;

    public FakeAccounts(ManualTime time) {
        reads = new Faults(time);
        writes = new Faults(time);
    }

    @Override
    public Uni<Optional<Account>> readLatest(String id) {
        decisions++;
        return reads.read(() -> Optional.ofNullable(documents.get(id)));
    }

    @Override
    public Uni<List<Account>> readMaybeStale(Collection<String> ids) {
        peeks++;
        List<String> asked = List.copyOf(ids);
        return reads.read(() -> asked.stream().flatMap(this::shown).toList());
    }

    private Stream<Account> shown(String id) {
        Account account = isStale ? former.getOrDefault(id, documents.get(id)) : documents.get(id);
        return Stream.ofNullable(account);
    }

    @Override
    public Uni<Boolean> insert(Account account) {
        singleWrites++;
        return writes.write(() -> documents.putIfAbsent(account.id(), account) == null, () -> false);
    }

    @Override
    public Uni<Boolean> replace(Account next, long expectedRev) {
        singleWrites++;
        return writes.write(() -> swap(new Replacement(next, expectedRev)), () -> false);
    }

    @Override
    public Uni<Long> replaceAll(List<Replacement> replacements) {
        bulkWrites++;
        Fault fault = writes.draw();
        boolean isPartial = fault == Fault.UNKNOWN_PARTLY || fault == Fault.LOST_RACE;
        return writes.call(
                fault,
                () -> replacements.stream()
                        .filter(each -> !isPartial || writes.coin())
                        .filter(this::swap)
                        .count(),
                () -> replacements.stream().skip(1).filter(this::swap).count());
    }

    private boolean swap(Replacement replacement) {
        Account next = replacement.next();
        Account present = documents.get(next.id());
        if (present == null || present.rev() != replacement.expectedRev()) {
            return false;
        }
        former.put(next.id(), present);
        documents.put(next.id(), next);
        return true;
    }

    @Override
    public Uni<Long> trim(List<Trim> trims) {
        return writes.write(() -> trims.stream().filter(this::cut).count(), () -> 0L);
    }

    private boolean cut(Trim trim) {
        Account present = documents.get(trim.id());
        if (present == null || present.rev() != trim.rev()) {
            return false;
        }
        documents.put(trim.id(), present.withoutDrained(trim.drainedTo()));
        return true;
    }

    @Override
    public Uni<List<Account>> pendingAccounts(int limit) {
        return reads.read(() -> documents.values().stream()
                .filter(account -> account.outbox().pending() != null)
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<Account>> pendingAmong(Collection<String> ids) {
        return readMaybeStale(ids).map(found -> found.stream()
                .filter(account -> account.outbox().pending() != null)
                .toList());
    }

    @Override
    public Uni<List<String>> dueAccounts(Instant now, int limit) {
        return reads.read(() -> documents.values().stream()
                .filter(account -> account.money().dueAt() != null
                        && !account.money().dueAt().isAfter(now))
                .sorted(Comparator.comparing(
                        account -> requireNonNull(account.money().dueAt())))
                .map(Account::id)
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<Account>> page(@Nullable String afterId, int limit) {
        return reads.read(() -> (afterId == null ? documents : documents.tailMap(afterId, false))
                .values().stream().limit(limit).toList());
    }
}
