package io.drawdown.bench.contenders;

import io.drawdown.tasks.store.OrderKey;
import io.drawdown.tasks.store.OrderKeyStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** No task of the bench has an order key. */
final class NoOrderKeys implements OrderKeyStore {

    @Override
    public Uni<Long> next(String orderHash) {
        return Uni.createFrom().failure(new IllegalStateException("no task of the bench has an order key"));
    }

    @Override
    public Uni<List<OrderKey>> unusedSince(Instant then, int limit) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Void> keep(OrderKey seen) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> remove(OrderKey seen) {
        return Uni.createFrom().voidItem();
    }
}
