package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.lease.Incarnation;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.simulator.invariants.StatementInvariants;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Findings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches the sessions of dead owners: every total that the broker had before the owner was fenced is charged. An owner
 * publishes its totals every 5 s, so no more than that is lost if it could reach the broker. Also watches that what is
 * shown of a session over HTTP is true.
 */
public final class ProofInvariants implements Watcher {

    private final Findings findings;
    private final StatementInvariants statements;
    private final Map<String, SessionDocument> documents = new TreeMap<>();
    private final Map<String, Long> proven = new HashMap<>();
    private final Set<String> fenced = new HashSet<>();

    public ProofInvariants(Findings findings, SessionsSide side, StatementInvariants statements) {
        this.findings = findings;
        this.statements = statements;
        side.watch(this);
        side.stores().leases().incarnations().whenCommitted((id, incarnation) -> leased(incarnation));
    }

    private void leased(Incarnation incarnation) {
        if (!incarnation.fenced() || !fenced.add(incarnation.id())) {
            return;
        }
        for (SessionDocument document : documents.values()) {
            if (document.isOpen() && document.owner().incarnation().equals(incarnation.id())) {
                long used = statements
                        .proof(document.id())
                        .filter(proof -> proof.epoch() == document.owner().epoch())
                        .map(MeterReading::usedMillis)
                        .orElse(0L);
                proven.merge(document.id(), used, Math::max);
            }
        }
    }

    @Override
    public void committed(SessionDocument document) {
        SessionDocument before = documents.put(document.id(), document);
        boolean isEnd = before != null && before.isOpen() && !document.isOpen();
        if (isEnd && document.state() instanceof Ended ended && ended.reason() == EndReason.OWNER_LOST) {
            long least = proven.getOrDefault(document.id(), 0L);
            findings.expect(
                    ended.usedMillis() >= least,
                    "usage that was heard of an owner before it was fenced is charged",
                    () -> document + " ends below " + least + " ms");
        }
    }

    @Override
    public void shown(SessionView view, long askedNanos, long answeredNanos) {
        SessionDocument document = documents.get(view.id());
        findings.expect(
                document != null && isSo(view, document),
                "what is shown of a session is true",
                () -> view + " was shown of " + document);
    }

    /** An end is final. Nothing is final of a session that goes on or may be started again. */
    private static boolean isSo(SessionView view, @Nullable SessionDocument document) {
        boolean isOver = view.state() == SessionState.Name.ENDED;
        if (document == null || !isOver) {
            return document != null && view.reason() == null;
        }
        return document.ended()
                .filter(ended -> ended.reason() == view.reason())
                .filter(ended -> Objects.equals(ended.servedMillis(), view.usedMillis()))
                .isPresent();
    }
}
