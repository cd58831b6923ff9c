package io.drawdown.simulator.broker;

import io.drawdown.simulator.world.Findings;
import java.util.LinkedHashSet;
import java.util.Set;

/** The events that one process still has to publish: those of the documents whose writes were acknowledged to it. */
public final class UnpublishedEvents {

    private final Broker broker;
    private final Findings findings;
    private final String process;
    private final Set<String> events = new LinkedHashSet<>();

    public UnpublishedEvents(Broker broker, Findings findings, String process) {
        this.broker = broker;
        this.findings = findings;
        this.process = process;
    }

    public void add(String eventId) {
        if (!broker.has(eventId)) {
            events.add(eventId);
        }
    }

    /** Checks that nothing is left; the process has stopped gracefully, within its time. */
    public void stopped() {
        events.removeIf(broker::has);
        findings.expect(
                events.isEmpty(),
                "a graceful stop that has its time leaves nothing unpublished",
                () -> process + " has stopped and left " + events);
    }
}
