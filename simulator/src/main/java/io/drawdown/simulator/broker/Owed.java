package io.drawdown.simulator.broker;

import io.drawdown.simulator.world.Findings;
import java.util.LinkedHashSet;
import java.util.Set;

/** The events that one process owes: those of the documents whose writes were acknowledged to it. */
public final class Owed {

    private final Broker broker;
    private final Findings findings;
    private final String process;
    private final Set<String> events = new LinkedHashSet<>();

    public Owed(Broker broker, Findings findings, String process) {
        this.broker = broker;
        this.findings = findings;
        this.process = process;
    }

    public void add(String eventId) {
        if (!broker.has(eventId)) {
            events.add(eventId);
        }
    }

    /** The process has stopped in an orderly way, before its time was over. */
    public void stopped() {
        events.removeIf(broker::has);
        findings.expect(
                events.isEmpty(),
                "a graceful stop that has its time leaves nothing unpublished",
                () -> process + " has stopped and left " + events);
    }
}
