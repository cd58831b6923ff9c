package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Link;
import io.drawdown.tasks.store.QueueStore;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.TreeSet;

/** The switches of queues as one process reaches them. */
record SimulatedQueues(Link link, TasksStores stores) implements QueueStore {

    @Override
    public Uni<Set<String>> paused() {
        return link.read(() -> {
            Set<String> paused = new TreeSet<>();
            TasksSide.TYPES.stream()
                    .filter(type -> Boolean.TRUE.equals(stores.queues().committed(type)))
                    .forEach(paused::add);
            return paused;
        });
    }

    @Override
    public Uni<Void> set(String type, boolean isPaused) {
        return link.write((callFault, answer) -> {
            if (callFault == CallFault.ROLLED_BACK) {
                stores.database().failOver();
            }
            stores.queues().put(type, isPaused, stores.database().acknowledge(null, 1, answer));
        });
    }
}
