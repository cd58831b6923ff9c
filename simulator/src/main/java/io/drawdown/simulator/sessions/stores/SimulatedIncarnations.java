package io.drawdown.simulator.sessions.stores;

import io.drawdown.sessions.lease.Incarnation;
import io.drawdown.sessions.lease.IncarnationStore;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.Optional;

/** The leases as one process reaches them. A fencing takes a link of its own, on which it can be late. */
public record SimulatedIncarnations(Link link, Link fencing, SessionsStores stores, LeaseInvariants truths)
        implements IncarnationStore {

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        stores.latestNames().put(link.caller().name(), incarnation);
        long asked = link.nanos();
        Uni<Void> registration = link.write((callFault, answer) -> {
            Incarnation there = leases().local(incarnation);
            Incarnation next = there == null
                    ? new Incarnation(
                            incarnation,
                            Incarnation.SCHEMA,
                            instance,
                            1L,
                            database().now(),
                            false)
                    : there.renewed(database().now());
            put(next, database().acknowledge(null, 1, answer), callFault);
        });
        return registration.invoke(() -> seen(asked));
    }

    @Override
    public Uni<Boolean> renew(String incarnation) {
        long asked = link.nanos();
        Uni<Boolean> renewal = link.write((callFault, answer) -> {
            Incarnation there = leases().local(incarnation);
            if (there == null || there.fenced()) {
                answer.complete(false);
            } else {
                put(there.renewed(database().now()), database().acknowledge(true, 1, answer), callFault);
            }
        });
        return renewal.invoke(isUnbroken -> {
            if (isUnbroken) {
                seen(asked);
            }
        });
    }

    @Override
    public Uni<Optional<Incarnation>> get(String incarnation) {
        return link.read(() -> Optional.ofNullable(leases().committed(incarnation)));
    }

    @Override
    public Uni<Void> fence(Incarnation seen) {
        return fencing.write((callFault, answer) -> {
            Incarnation there = leases().local(seen.id());
            if (there == null || there.fenced() || !Objects.equals(there.renewals(), seen.renewals())) {
                answer.complete(null);
            } else {
                truths.fencedByAnother(seen.id());
                put(there.asFenced(), database().acknowledge(null, 1, answer), callFault);
            }
        });
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return link.write((callFault, answer) -> {
            Incarnation there = leases().local(incarnation);
            if (there == null) {
                answer.complete(null);
            } else {
                put(there.asFenced(), database().acknowledge(null, 1, answer), callFault);
            }
        });
    }

    private void put(Incarnation next, Acknowledgement acknowledgement, CallFault callFault) {
        if (callFault == CallFault.ROLLED_BACK) {
            database().failOver();
        }
        leases().put(next.id(), next, acknowledgement);
    }

    private void seen(long askedNanos) {
        stores.leasesSeen().merge(link.caller().name(), askedNanos, Math::max);
    }

    private Table<Incarnation> leases() {
        return stores.incarnations();
    }

    private Database database() {
        return stores.database();
    }
}
