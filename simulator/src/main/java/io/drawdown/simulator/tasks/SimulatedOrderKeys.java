package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Link;
import io.drawdown.tasks.store.OrderKey;
import io.drawdown.tasks.store.OrderKeyStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The counters of order keys as one process reaches them. */
record SimulatedOrderKeys(Link link, TasksStores stores) implements OrderKeyStore {

    @Override
    public Uni<Long> next(String orderHash) {
        return link.write((callFault, answer) -> {
            Long present = stores.orderKeys().local(orderHash);
            long next = present == null ? 1 : present + 1;
            if (callFault == CallFault.ROLLED_BACK) {
                stores.database().failOver();
            }
            stores.orderKeys().put(orderHash, next, stores.database().acknowledge(next, 1, answer));
        });
    }

    /** A history is shorter than a counter rests before it is removed. */
    @Override
    public Uni<List<OrderKey>> unusedSince(Instant then, int limit) {
        return link.read(() -> List.of());
    }

    @Override
    public Uni<Void> keep(OrderKey seen) {
        throw new IllegalStateException("none was found to be unused");
    }

    @Override
    public Uni<Void> remove(OrderKey seen) {
        throw new IllegalStateException("none was found to be unused");
    }
}
