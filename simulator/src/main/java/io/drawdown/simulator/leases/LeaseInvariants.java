package io.drawdown.simulator.leases;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.simulator.world.SimulationContext;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Watches which incarnations are fenced by another, by the true time, whatever the clock of a database says. */
public final class LeaseInvariants {

    private final SimulationContext context;
    private final Leases leases;
    private final Map<String, Renewal> latest = new TreeMap<>();

    private record Renewal(Incarnation as, long nanos) {}

    public LeaseInvariants(SimulationContext context, Leases leases) {
        this.context = context;
        this.leases = leases;
        leases.incarnations().whenCommitted((id, incarnation) -> committed(incarnation));
    }

    private void committed(Incarnation incarnation) {
        Renewal known = latest.get(incarnation.id());
        if (known == null || !Objects.equals(known.as.renewals(), incarnation.renewals())) {
            latest.put(incarnation.id(), new Renewal(incarnation, context.timeline.nanos()));
        }
    }

    void fencedByAnother(String incarnation) {
        context.counts.count("fenced by another");
        Renewal renewal = latest.get(incarnation);
        long ago = renewal == null ? 0 : context.timeline.nanos() - renewal.nanos;
        context.findings.expect(
                ago >= leases.terms().length().toNanos(),
                "no incarnation is fenced within one lease of its last renewal",
                () -> incarnation + " is fenced " + ago / 1_000_000 + " ms after it had renewed");
    }
}
