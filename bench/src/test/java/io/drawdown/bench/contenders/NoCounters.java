package io.drawdown.bench.contenders;

import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.Recounted;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;

/** Nobody asks the bench for its sums. A write of them every three seconds costs nothing that could be measured. */
final class NoCounters implements CounterStore {

    @Override
    public Uni<Void> begin(InstanceCounters first) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Boolean> publish(InstanceCounters next) {
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<List<InstanceCounters>> all(int limit) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Recounted> recounted() {
        return Uni.createFrom().item(Recounted.NEVER);
    }

    @Override
    public Uni<Boolean> replace(Recounted next) {
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<Void> remove(Collection<String> ids) {
        return Uni.createFrom().voidItem();
    }
}
