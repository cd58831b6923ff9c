package io.drawdown.tasks.testing;

import io.drawdown.tasks.store.OrderKeyStore;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** The counters of order keys in memory. */
public final class MemoryOrderKeys implements OrderKeyStore {

    public final Map<String, Long> counters = new HashMap<>();
    public final Calls<Call> calls;

    public enum Call {
        NEXT
    }

    /** @param wire see {@link Calls} */
    public MemoryOrderKeys(Executor wire) {
        this.calls = new Calls<>(wire);
    }

    @Override
    public Uni<Long> next(String orderHash) {
        return calls.answer(Call.NEXT, () -> counters.merge(orderHash, 1L, Long::sum));
    }
}
