package io.drawdown.sessions.testing;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.instances.Incarnation;
import io.drawdown.sessions.instances.IncarnationStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Leases in memory, on the virtual clock as database time. */
public final class MemoryIncarnations implements IncarnationStore {

    public final Map<String, Incarnation> incarnations = new LinkedHashMap<>();
    public boolean away;

    private final ManualTime time;
    private final Network network;

    public MemoryIncarnations(ManualTime time, Network network) {
        this.time = time;
        this.network = network;
    }

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        return answer(() -> {
            incarnations.put(
                    incarnation, new Incarnation(incarnation, Incarnation.SCHEMA, instance, time.now(), false));
            return null;
        });
    }

    @Override
    public Uni<Boolean> renew(String incarnation) {
        return answer(() -> {
            Incarnation there = incarnations.get(incarnation);
            if (there == null || there.fenced()) {
                return false;
            }
            incarnations.put(
                    incarnation, new Incarnation(incarnation, there.schema(), there.instance(), time.now(), false));
            return true;
        });
    }

    @Override
    public Uni<Fencing> fence(String incarnation, Duration lease) {
        return answer(() -> {
            Incarnation there = incarnations.get(incarnation);
            if (there == null) {
                return new Fencing.Unknown();
            }
            boolean expired = there.renewedAt().plus(lease).isBefore(time.now());
            if (!there.fenced() && !expired) {
                return new Fencing.Alive();
            }
            fenceNow(incarnation);
            return new Fencing.Fenced(there.renewedAt());
        });
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return answer(() -> {
            fenceNow(incarnation);
            return null;
        });
    }

    /** What another does when it takes over. */
    public void fenceNow(String incarnation) {
        incarnations.computeIfPresent(
                incarnation,
                (id, there) -> new Incarnation(id, there.schema(), there.instance(), there.renewedAt(), true));
    }

    private <T> Uni<T> answer(Supplier<T> effect) {
        return network.answer(Duration.ofMillis(1), () -> {
            if (away) {
                throw new Unavailable("the leases are away");
            }
            return effect.get();
        });
    }
}
