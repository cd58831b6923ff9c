package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.sessions.ServedSpans;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.Map;
import java.util.TreeMap;

/** Watches paused sessions: from the write that says so to the one that says otherwise, nobody is served or charged. */
public final class PauseInvariants implements Watcher {

    private static final String LIMIT = "nothing is counted or charged while a session is paused";

    private final SimulationContext context;
    private final Leases leases;
    private final ServedSpans served;
    private final long atMostNanos;
    private final Map<String, Known> sessions = new TreeMap<>();

    private static final class Known {
        long seenTo;
        boolean isPaused;
        String owner = "";
        long usedMillis;
        long stoppedNanos;
    }

    public PauseInvariants(SimulationContext context, SessionsSide side, AccountInvariants accounts) {
        this.context = context;
        this.leases = side.stores().leases();
        this.served = side.served();
        this.atMostNanos = side.settings().pausedAtMost().toNanos();
        side.watch(this);
        accounts.whenEntered(this::entered);
    }

    private Known known(String session) {
        return sessions.computeIfAbsent(session, fresh -> new Known());
    }

    @Override
    public void committed(SessionDocument document) {
        if (GatewayInvariants.isOfGateway(document)) {
            return; // its gateway counts, and may state what it served before the pause
        }
        Known known = known(document.id());
        known.owner = document.owner().isNone() ? known.owner : document.owner().incarnation();
        for (SessionEvent event : document.outbox().events()) {
            if (event.seq() > known.seenTo) {
                known.seenTo = event.seq();
                step(known, event, document.owner().isNone());
            }
        }
        if (known.isPaused) {
            served.servers(document.id()).forEach(server -> isNotServed(known, server, document.id()));
        }
    }

    private void step(Known known, SessionEvent event, boolean isNobodys) {
        boolean wasPaused = known.isPaused;
        known.isPaused = event.type() == SessionEvent.Type.PAUSED;
        if (wasPaused) {
            context.findings.expect(
                    event.usedMillis() <= known.usedMillis,
                    LIMIT,
                    () -> event + " after a pause at " + known.usedMillis + " ms");
            context.findings.expect(
                    event.reason() != EndReason.EXHAUSTED,
                    "a paused session does not end for want of credits",
                    event::toString);
        }
        if (event.type() == SessionEvent.Type.PAUSED) {
            known.usedMillis = event.usedMillis();
        } else if (event.reason() == EndReason.PAUSED_TOO_LONG && event.epoch() == 1 && !isNobodys) {
            long lasted = context.timeline.nanos() - known.stoppedNanos;
            context.findings.expect(
                    lasted >= atMostNanos,
                    "a session ends for its pause only once that has lasted as long as it may",
                    () -> event + " after " + lasted / 1e9 + " s");
        }
    }

    @Override
    public void media(String sessionId, Process process, boolean isOn) {
        Known known = known(sessionId);
        if (!isOn) {
            known.stoppedNanos = context.timeline.nanos();
        } else if (known.isPaused) {
            isNotServed(known, process, sessionId);
        }
    }

    /** A fenced one, and one whose session another has taken, may not know it yet. */
    private void isNotServed(Known known, Process server, String sessionId) {
        context.findings.expect(
                leases.isFenced(server) || !leases.isOf(server, known.owner),
                "nobody is served while the session is paused",
                () -> server.name() + " serves " + sessionId);
    }

    private void entered(String account, Entry entry) {
        Hold hold = entry.hold();
        Known known = hold == null ? null : sessions.get(hold.id());
        if (hold != null && known != null && known.isPaused) {
            context.findings.expect(
                    hold.usedMillis() <= known.usedMillis,
                    LIMIT,
                    () -> account + ": " + entry + " after a pause at " + known.usedMillis + " ms");
        }
    }
}
