package io.drawdown.bench.contenders;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.IncarnationStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The leases of a service with a single instance. A renewal every three seconds costs nothing that could be measured. */
final class AloneInstance implements IncarnationStore {

    private static final Uni<Void> DONE = Uni.createFrom().voidItem();

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        return DONE;
    }

    @Override
    public Uni<Boolean> renew(String incarnation) {
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<Optional<Incarnation>> get(String incarnation) {
        return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Void> fence(Incarnation seen) {
        return DONE;
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return DONE;
    }

    @Override
    public Uni<Void> survived(String incarnation) {
        return DONE;
    }

    @Override
    public Uni<List<Incarnation>> others(String incarnation, int limit) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<List<String>> fencedSince(Instant since, int limit) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Void> removeFencedBefore(Instant renewed) {
        return DONE;
    }
}
