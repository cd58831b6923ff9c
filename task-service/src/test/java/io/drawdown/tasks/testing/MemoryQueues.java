package io.drawdown.tasks.testing;

import io.drawdown.tasks.store.QueueStore;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** The switches of queues in memory. */
public final class MemoryQueues implements QueueStore {

    public final Set<String> paused = new TreeSet<>();
    public final Calls<Call> calls;

    public enum Call {
        PAUSED,
        SET
    }

    /** @param wire see {@link Calls} */
    public MemoryQueues(Executor wire) {
        this.calls = new Calls<>(wire);
    }

    @Override
    public Uni<Set<String>> paused() {
        return calls.answer(Call.PAUSED, () -> Set.copyOf(paused));
    }

    @Override
    public Uni<Void> set(String type, boolean isPaused) {
        return calls.answer(Call.SET, () -> {
            if (isPaused) {
                paused.add(type);
            } else {
                paused.remove(type);
            }
            return null;
        });
    }
}
