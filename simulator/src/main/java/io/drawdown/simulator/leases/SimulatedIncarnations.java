package io.drawdown.simulator.leases;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The leases as one process reaches them. A fencing takes a link of its own, on which it can be late. */
public record SimulatedIncarnations(Link link, Link fencing, Leases leases, LeaseInvariants truths)
        implements IncarnationStore {

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        leases.latestNames().put(link.caller().name(), incarnation);
        long asked = link.nanos();
        Uni<Void> registration = link.write((callFault, answer) -> {
            Incarnation there = table().local(incarnation);
            Instant now = database().now();
            Incarnation next = there == null ? Incarnation.first(incarnation, instance, now) : there.renewed(now);
            put(next, database().acknowledge(null, 1, answer), callFault);
        });
        return registration.invoke(() -> seen(asked));
    }

    @Override
    public Uni<Boolean> renew(String incarnation) {
        long asked = link.nanos();
        Uni<Boolean> renewal = link.write((callFault, answer) -> {
            Incarnation there = table().local(incarnation);
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
        return link.read(() -> Optional.ofNullable(table().committed(incarnation)));
    }

    @Override
    public Uni<Void> fence(Incarnation seen) {
        return fencing.write((callFault, answer) -> {
            Incarnation there = table().local(seen.id());
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
            Incarnation there = table().local(incarnation);
            if (there == null || there.fenced()) {
                answer.complete(null);
            } else {
                put(there.asReleased(), database().acknowledge(null, 1, answer), callFault);
            }
        });
    }

    @Override
    public Uni<Void> survived(String incarnation) {
        return link.write((callFault, answer) -> {
            Incarnation there = table().local(incarnation);
            if (there == null || !there.fenced()) {
                answer.complete(null);
            } else {
                put(there.asSurvivor(), database().acknowledge(null, 1, answer), callFault);
            }
        });
    }

    @Override
    public Uni<List<Incarnation>> others(String incarnation, int limit) {
        return link.read(callFault -> some(
                        callFault, each -> !each.fenced() && !each.id().equals(incarnation))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<String>> fencedSince(Instant since, int limit) {
        return link.read(callFault -> some(
                        callFault, each -> each.fenced() && each.renewedAt().isAfter(since))
                .sorted(Comparator.comparing(Incarnation::renewedAt).reversed())
                .limit(limit)
                .map(Incarnation::id)
                .toList());
    }

    @Override
    public Uni<Void> removeFencedBefore(Instant renewed) {
        return link.write((callFault, answer) -> {
            List<Incarnation> old = table().committed(
                            each -> each.fenced() && each.renewedAt().isBefore(renewed), null, Integer.MAX_VALUE);
            Acknowledgement all = database().acknowledge(null, old.size(), answer);
            failOver(callFault);
            old.forEach(each -> table().remove(each.id(), all));
        });
    }

    private Stream<Incarnation> some(CallFault callFault, Predicate<Incarnation> which) {
        List<Incarnation> found = callFault == CallFault.STALE
                ? table().former(which, null, Integer.MAX_VALUE)
                : table().committed(which, null, Integer.MAX_VALUE);
        return found.stream();
    }

    private void put(Incarnation next, Acknowledgement acknowledgement, CallFault callFault) {
        failOver(callFault);
        table().put(next.id(), next, acknowledgement);
    }

    private void failOver(CallFault callFault) {
        if (callFault == CallFault.ROLLED_BACK) {
            database().failOver();
        }
    }

    private void seen(long askedNanos) {
        leases.seen().merge(link.caller().name(), askedNanos, Math::max);
    }

    private Table<Incarnation> table() {
        return leases.incarnations();
    }

    private Database database() {
        return leases.database();
    }
}
