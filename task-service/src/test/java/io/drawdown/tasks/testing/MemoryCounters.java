package io.drawdown.tasks.testing;

import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.Recounted;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** The counters of processes in memory. */
public final class MemoryCounters implements CounterStore {

    /** By id, in its order. */
    public final Map<String, InstanceCounters> documents = new TreeMap<>();

    public final Calls<Call> calls;
    public Recounted recounted = Recounted.NEVER;

    public enum Call {
        BEGIN,
        PUBLISH,
        ALL,
        RECOUNTED,
        REPLACE,
        REMOVE
    }

    /** @param wire see {@link Calls} */
    public MemoryCounters(Executor wire) {
        this.calls = new Calls<>(wire);
    }

    @Override
    public Uni<Void> begin(InstanceCounters first) {
        return calls.answer(Call.BEGIN, () -> {
            documents.putIfAbsent(first.id(), first);
            return null;
        });
    }

    @Override
    public Uni<Boolean> publish(InstanceCounters next) {
        return calls.answer(Call.PUBLISH, () -> {
            InstanceCounters there = documents.get(next.id());
            if (there != null && there.number() < next.number()) {
                documents.put(next.id(), next);
            }
            return there != null;
        });
    }

    @Override
    public Uni<List<InstanceCounters>> all(int limit) {
        return calls.answer(
                Call.ALL, () -> documents.values().stream().limit(limit).toList());
    }

    @Override
    public Uni<Recounted> recounted() {
        return calls.answer(Call.RECOUNTED, () -> recounted);
    }

    @Override
    public Uni<Boolean> replace(Recounted next) {
        return calls.answer(Call.REPLACE, () -> {
            boolean isNext = recounted.rev() == next.rev() - 1;
            if (isNext) {
                recounted = next;
            }
            return isNext;
        });
    }

    @Override
    public Uni<Void> remove(Collection<String> ids) {
        return calls.answer(Call.REMOVE, () -> {
            ids.forEach(documents::remove);
            return null;
        });
    }
}
