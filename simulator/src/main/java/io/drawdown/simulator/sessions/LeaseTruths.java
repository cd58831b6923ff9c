package io.drawdown.simulator.sessions;

import io.drawdown.sessions.instances.Incarnation;
import io.drawdown.sessions.instances.Lease;
import io.drawdown.simulator.world.Ground;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Watches who is fenced by another: on the true time, whatever the clock of a database says. */
final class LeaseTruths {

    private final Ground ground;
    private final Map<String, Renewal> latest = new TreeMap<>();

    private record Renewal(Incarnation as, long nanos) {}

    LeaseTruths(Ground ground, SessionsStores stores) {
        this.ground = ground;
        stores.incarnations().whenCommitted((id, incarnation) -> committed(incarnation));
    }

    private void committed(Incarnation incarnation) {
        Renewal known = latest.get(incarnation.id());
        if (known == null || !Objects.equals(known.as.renewals(), incarnation.renewals())) {
            latest.put(incarnation.id(), new Renewal(incarnation, ground.timeline.nanos()));
        }
    }

    void fencedByAnother(String incarnation) {
        ground.counts.count("fenced by another");
        Renewal renewal = latest.get(incarnation);
        long ago = renewal == null ? 0 : ground.timeline.nanos() - renewal.nanos;
        ground.findings.expect(
                ago >= Lease.LENGTH.toNanos(),
                "nobody is fenced within a lease of his last renewal",
                () -> incarnation + " is fenced " + ago / 1_000_000 + " ms after it had renewed");
    }
}
