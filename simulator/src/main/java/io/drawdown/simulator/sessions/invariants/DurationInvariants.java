package io.drawdown.simulator.sessions.invariants;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.simulator.sessions.ServedSpans;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.Process;
import java.time.Duration;

/** Watches that no session lasts longer than the maximum duration. A gateway counts by itself. */
public final class DurationInvariants implements Watcher {

    private static final String LIMIT = "nobody is served or charged beyond the maximum duration";
    private static final Duration UNCOUNTED_PER_STALL = Duration.ofMillis(500);

    private final Findings findings;
    private final ServedSpans served;
    private final Duration maximum;

    public DurationInvariants(Findings findings, SessionsSide side) {
        this.findings = findings;
        this.served = side.served();
        this.maximum = side.settings().maximumDuration();
        side.watch(this);
    }

    @Override
    public void committed(SessionDocument document) {
        if (document.state() instanceof Ended ended) {
            findings.expect(
                    ended.usedMillis() <= maximum.toMillis() || GatewayInvariants.isOfGateway(document),
                    LIMIT,
                    document::toString);
        }
    }

    @Override
    public void media(String sessionId, Process process, boolean isOn) {
        if (!isOn) {
            long delivered = served.deliveredBy(sessionId, process);
            long uncounted = UNCOUNTED_PER_STALL.toNanos() * served.stalls(sessionId);
            findings.expect(
                    delivered <= maximum.toNanos() + uncounted,
                    LIMIT,
                    () -> process.name() + " served " + delivered / 1e9 + " s of " + sessionId);
        }
    }
}
