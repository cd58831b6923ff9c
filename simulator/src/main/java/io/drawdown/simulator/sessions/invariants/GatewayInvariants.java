package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches the sessions of gateways: the document has every total before credits-service is told and before the gateway
 * hears that it counts, no total falls, and nobody who speaks is taken for silent.
 */
public final class GatewayInvariants implements Watcher {

    private static final long SECOND = 1_000_000_000;

    /** Two looks of the sweep that are half a minute apart saw nothing. */
    private static final long LEAST_SILENCE = 30 * SECOND;

    private final SimulationContext context;
    private final Findings findings;
    private final Map<String, SessionDocument> documents = new HashMap<>();
    private final Map<String, Long> stated = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, Heard> heard = new HashMap<>();

    private record Heard(Instant at, long nanos) {}

    public GatewayInvariants(SimulationContext context, SessionsSide side) {
        this.context = context;
        this.findings = context.findings;
        side.watch(this);
    }

    @Override
    public void stated(String sessionId, long usedMillis) {
        stated.merge(sessionId, usedMillis, Math::max);
    }

    @Override
    public void acknowledged(String sessionId, long usedMillis) {
        acknowledged.merge(sessionId, usedMillis, Math::max);
    }

    @Override
    public void toldCredits(String sessionId, long usedMillis) {
        SessionDocument document = documents.get(sessionId);
        if (document != null && isOfGateway(document)) {
            told.merge(sessionId, usedMillis, Math::max);
            findings.expect(
                    usedMillis <= billable(document),
                    "a gateway's total is in the document before credits-service is told",
                    () -> usedMillis + " ms are told of " + document);
        }
    }

    static boolean isOfGateway(SessionDocument document) {
        return document.isOwnedBy(Owner.gateway());
    }

    private static long billable(SessionDocument document) {
        return switch (document.state()) {
            case Reported reported -> reported.billableMillis();
            case Ended ended -> ended.usedMillis();
            default -> 0;
        };
    }

    private static long total(SessionDocument document) {
        return switch (document.state()) {
            case Reported reported -> reported.usedMillis();
            case Ended ended -> ended.servedMillis();
            default -> 0;
        };
    }

    @Override
    public void committed(SessionDocument document) {
        SessionDocument before = documents.put(document.id(), document);
        if (!isOfGateway(document)) {
            return;
        }
        findings.expect(
                before == null || total(document) >= total(before),
                "a total that a gateway stated never falls",
                () -> before + " became " + document);
        findings.expect(
                total(document) <= stated.getOrDefault(document.id(), 0L),
                "usage of a gateway's session is what the gateway stated",
                () -> document + ", stated " + stated.get(document.id()));
        if (document.state() instanceof Ended ended && (before == null || before.isOpen())) {
            ended(document, ended);
        }
        if (document.isReleased() && document.state() instanceof Reported reported) {
            long begun = ReleaseInvariants.begunMillis(reported.rate(), reported.usedMillis());
            findings.expect(
                    reported.advance().fundedMillis() <= begun,
                    "a gateway that gives back keeps nothing that it does not use",
                    document::toString);
        }
        hear(document);
    }

    private void hear(SessionDocument document) {
        if (document.state() instanceof Reported reported) {
            Heard known = heard.get(document.id());
            if (known == null || !known.at().equals(reported.heardAt())) {
                heard.put(document.id(), new Heard(reported.heardAt(), context.timeline.nanos()));
            }
        }
    }

    private void ended(SessionDocument document, Ended ended) {
        findings.expect(
                total(document) >= acknowledged.getOrDefault(document.id(), 0L),
                "a total that a gateway was told to count is not lost",
                () -> document + " ends below " + acknowledged.get(document.id()) + " ms");
        findings.expect(
                ended.usedMillis() >= told.getOrDefault(document.id(), 0L),
                "a gateway's session ends at no less than credits-service was told",
                () -> document + " ends below " + told.get(document.id()) + " ms");
        Heard last = heard.get(document.id());
        findings.expect(
                ended.reason() != EndReason.DISCONNECTED || isSilent(last),
                "no session ends as silent whose gateway was heard within half a minute",
                () -> document + " was heard " + last);
    }

    private boolean isSilent(@Nullable Heard last) {
        return last != null && context.timeline.nanos() - last.nanos() >= LEAST_SILENCE;
    }
}
