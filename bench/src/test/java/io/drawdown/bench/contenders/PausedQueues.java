package io.drawdown.bench.contenders;

import io.drawdown.tasks.store.QueueStore;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.Set;

/** The switches of the queues of a single instance. Belongs to the thread of its core. */
final class PausedQueues implements QueueStore {

    private final Set<String> paused = new HashSet<>();

    @Override
    public Uni<Set<String>> paused() {
        return Uni.createFrom().item(() -> Set.copyOf(paused));
    }

    @Override
    public Uni<Void> set(String type, boolean isPaused) {
        return Uni.createFrom().voidItem().invoke(() -> {
            if (isPaused) {
                paused.add(type);
            } else {
                paused.remove(type);
            }
        });
    }
}
