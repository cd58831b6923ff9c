package io.drawdown.tasks.testing;

import io.drawdown.tasks.store.OrderKey;
import io.drawdown.tasks.store.OrderKeyStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The counters of order keys in memory. */
public final class MemoryOrderKeys implements OrderKeyStore {

    public final Map<String, OrderKey> counters = new TreeMap<>();

    /** Database time. */
    public Instant now = Instant.EPOCH;

    public final Calls<Call> calls;

    public enum Call {
        NEXT,
        UNUSED,
        KEEP,
        REMOVE
    }

    /** @param wire see {@link Calls} */
    public MemoryOrderKeys(Executor wire) {
        this.calls = new Calls<>(wire);
    }

    @Override
    public Uni<Long> next(String orderHash) {
        return calls.answer(Call.NEXT, () -> counters.merge(
                        orderHash,
                        new OrderKey(orderHash, 1, now),
                        (there, first) -> new OrderKey(orderHash, there.seq() + 1, now))
                .seq());
    }

    @Override
    public Uni<List<OrderKey>> unusedSince(Instant then, int limit) {
        return calls.answer(Call.UNUSED, () -> counters.values().stream()
                .filter(key -> key.usedAt().isBefore(then))
                .sorted(Comparator.comparing(OrderKey::usedAt))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Void> keep(OrderKey seen) {
        return change(Call.KEEP, seen, new OrderKey(seen.id(), seen.seq(), now));
    }

    @Override
    public Uni<Void> remove(OrderKey seen) {
        return change(Call.REMOVE, seen, null);
    }

    private Uni<Void> change(Call call, OrderKey seen, @Nullable OrderKey next) {
        return calls.answer(call, () -> {
            counters.computeIfPresent(seen.id(), (id, there) -> there.equals(seen) ? next : there);
            return null;
        });
    }
}
