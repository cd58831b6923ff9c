package io.drawdown.sessions.testing;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.lease.Incarnation;
import io.drawdown.sessions.lease.IncarnationStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Leases in memory, on the virtual clock. */
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
            Incarnation fresh = new Incarnation(incarnation, Incarnation.SCHEMA, instance, 1L, time.now(), false);
            incarnations.merge(incarnation, fresh, (there, ignored) -> there.renewed(time.now()));
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
            incarnations.put(incarnation, there.renewed(time.now()));
            return true;
        });
    }

    @Override
    public Uni<Optional<Incarnation>> get(String incarnation) {
        return answer(() -> Optional.ofNullable(incarnations.get(incarnation)));
    }

    @Override
    public Uni<Void> fence(Incarnation seen) {
        return answer(() -> {
            Incarnation there = incarnations.get(seen.id());
            if (there != null && Objects.equals(there.renewals(), seen.renewals())) {
                fenceNow(seen.id());
            }
            return null;
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
        incarnations.computeIfPresent(incarnation, (id, there) -> there.asFenced());
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
