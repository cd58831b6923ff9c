package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Link.Answer;
import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.Recounted;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The counters of the processes as one of them reaches them. */
record SimulatedCounters(Link link, TasksStores stores) implements CounterStore {

    @Override
    public Uni<Void> begin(InstanceCounters first) {
        return link.write((callFault, answer) -> {
            boolean isNew = stores.counters().local(first.id()) == null;
            Acknowledgement told = told(callFault, null, isNew ? 1 : 0, answer);
            if (isNew) {
                stores.counters().put(first.id(), first, told);
            }
        });
    }

    @Override
    public Uni<Boolean> publish(InstanceCounters next) {
        return link.write((callFault, answer) -> {
            @Nullable InstanceCounters there = stores.counters().local(next.id());
            boolean isLater = there != null && there.number() < next.number();
            Acknowledgement told = told(callFault, there != null, isLater ? 1 : 0, answer);
            if (isLater) {
                stores.counters().put(next.id(), next, told);
            }
        });
    }

    @Override
    public Uni<List<InstanceCounters>> all(int limit) {
        return link.read(() -> stores.counters().committed(each -> true, null, limit));
    }

    @Override
    public Uni<Recounted> recounted() {
        return link.read(() -> latest(stores.recounts().committed(Recounted.ID)));
    }

    @Override
    public Uni<Boolean> replace(Recounted next) {
        return link.write((callFault, answer) -> {
            boolean isNext = latest(stores.recounts().local(Recounted.ID)).rev() == next.rev() - 1
                    && callFault != CallFault.LOST_RACE;
            Acknowledgement told = told(callFault, isNext, isNext ? 1 : 0, answer);
            if (isNext) {
                stores.recounts().put(Recounted.ID, next, told);
            }
        });
    }

    @Override
    public Uni<Void> remove(Collection<String> ids) {
        List<String> asked = List.copyOf(ids);
        return link.write((callFault, answer) -> {
            List<String> there = asked.stream()
                    .filter(id -> stores.counters().local(id) != null)
                    .toList();
            Acknowledgement told = told(callFault, null, there.size(), answer);
            there.forEach(id -> stores.counters().remove(id, told));
        });
    }

    private static Recounted latest(@Nullable Recounted stored) {
        return Objects.requireNonNullElse(stored, Recounted.NEVER);
    }

    private <T> Acknowledgement told(CallFault callFault, @Nullable T result, int writes, Answer<T> answer) {
        if (callFault == CallFault.ROLLED_BACK && writes > 0) {
            stores.database().failOver();
        }
        return stores.database().acknowledge(result, writes, answer);
    }
}
