package io.drawdown.simulator.sessions;

import io.drawdown.sessions.instances.Incarnation;
import io.drawdown.sessions.instances.IncarnationStore;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Fate;
import io.drawdown.simulator.world.Line;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The leases as one process reaches them; the database's own clock judges them. */
record SimulatedIncarnations(Line line, SessionsStores stores) implements IncarnationStore {

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        stores.latestNames().put(line.caller().name(), incarnation);
        long asked = line.nanos();
        Uni<Void> registration = line.write((fate, answer) -> {
            Incarnation there = leases().local(incarnation);
            Incarnation fresh = new Incarnation(
                    incarnation, Incarnation.SCHEMA, instance, database().now(), false);
            put(there == null ? fresh : renewed(there), database().acknowledge(null, 1, answer), fate);
        });
        return registration.invoke(() -> seen(asked));
    }

    @Override
    public Uni<Boolean> renew(String incarnation) {
        long asked = line.nanos();
        Uni<Boolean> renewal = line.write((fate, answer) -> {
            Incarnation there = leases().local(incarnation);
            if (there == null || there.fenced()) {
                answer.complete(false);
            } else {
                put(renewed(there), database().acknowledge(true, 1, answer), fate);
            }
        });
        return renewal.invoke(isUnbroken -> {
            if (isUnbroken) {
                seen(asked);
            }
        });
    }

    /** One guarded write, then a reading that decides. */
    @Override
    public Uni<Fencing> fence(String incarnation, Duration lease) {
        return line.<Boolean>write((fate, answer) -> {
                    Incarnation there = leases().local(incarnation);
                    if (there == null || there.fenced() || !hasRunOut(there, lease)) {
                        answer.complete(false);
                    } else {
                        put(fenced(there), database().acknowledge(true, 1, answer), fate);
                    }
                })
                .chain(() -> line.read(() -> fencing(leases().committed(incarnation))));
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return line.write((fate, answer) -> {
            Incarnation there = leases().local(incarnation);
            if (there == null) {
                answer.complete(null);
            } else {
                put(fenced(there), database().acknowledge(null, 1, answer), fate);
            }
        });
    }

    private boolean hasRunOut(Incarnation there, Duration lease) {
        Instant end = there.renewedAt().plus(lease);
        return end.isBefore(database().now());
    }

    private Incarnation renewed(Incarnation there) {
        return new Incarnation(
                there.id(), there.schema(), there.instance(), database().now(), there.fenced());
    }

    private static Incarnation fenced(Incarnation there) {
        return new Incarnation(there.id(), there.schema(), there.instance(), there.renewedAt(), true);
    }

    private static Fencing fencing(@Nullable Incarnation found) {
        if (found == null) {
            return new Fencing.Unknown();
        }
        return found.fenced() ? new Fencing.Fenced(found.renewedAt()) : new Fencing.Alive();
    }

    private void put(Incarnation next, Acknowledgement acknowledgement, Fate fate) {
        if (fate == Fate.ROLLED_BACK) {
            database().failOver();
        }
        leases().put(next.id(), next, acknowledgement);
    }

    private void seen(long askedNanos) {
        stores.leasesSeen().merge(line.caller().name(), askedNanos, Math::max);
    }

    private Table<Incarnation> leases() {
        return stores.incarnations();
    }

    private Database database() {
        return stores.database();
    }
}
