package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.lease.Incarnation;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.simulator.invariants.StatementInvariants;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Watches the sessions that are ended though their clients did not ask for it: their owner is fenced and was silent for the
 * grace period, or it handed them over, and the grace period is over. By the true time, whatever any clock says.
 */
public final class ReapInvariants implements Watcher {

    private static final long SECOND = 1_000_000_000;

    /** For so long an owner may take to answer that its session is to end. */
    private static final long ANSWERED_WITHIN = 2 * SECOND;

    /** A gap counts for so long after its end: the reaper may have been slow since it saw it. */
    private static final long REMEMBERED = 90 * SECOND;

    private final SimulationContext context;
    private final Leases leases;
    private final StatementInvariants statements;
    private final long graceNanos;
    private final Map<String, SessionDocument> documents = new HashMap<>();
    private final Map<String, Beats> beats = new HashMap<>();
    private final Map<String, Long> handedNanos = new HashMap<>();
    private final Map<String, Long> wantedNanos = new HashMap<>();
    private final Map<String, Long> heardMillis = new HashMap<>();
    private final Set<String> resumed = new HashSet<>();

    /** When an incarnation published heartbeats, and how long it was silent. */
    private static final class Beats {
        final Deque<Gap> gaps = new ArrayDeque<>();
        long lastNanos;

        record Gap(long nanos, long endNanos) {}

        Beats(long sinceNanos) {
            lastNanos = sinceNanos;
        }

        void beat(long now) {
            gaps.add(new Gap(now - lastNanos, now));
            gaps.removeIf(gap -> now - gap.endNanos > REMEMBERED);
            lastNanos = now;
        }

        long longest(long now) {
            long longest = now - lastNanos;
            for (Gap gap : gaps) {
                longest = Math.max(longest, now - gap.endNanos > REMEMBERED ? 0 : gap.nanos);
            }
            return longest;
        }
    }

    public ReapInvariants(SimulationContext context, SessionsSide side, StatementInvariants statements) {
        this.context = context;
        this.statements = statements;
        this.leases = side.stores().leases();
        this.graceNanos = side.settings().gracePeriod().toNanos();
        side.watch(this);
        leases.incarnations().whenCommitted((id, incarnation) -> beats.computeIfAbsent(id, fresh -> new Beats(now())));
    }

    /** What the broker has of its owner. */
    private long heard(SessionDocument document) {
        return statements
                .proof(document.id())
                .filter(proof -> proof.epoch() == document.owner().epoch())
                .map(MeterReading::usedMillis)
                .orElse(0L);
    }

    private long now() {
        return context.timeline.nanos();
    }

    /** The broker has this event now. */
    public void published(Topic topic, CloudEvent event) {
        if (topic.equals(Topic.SESSION_HEARTBEAT)) {
            Beats known = beats.get(event.subject());
            if (known != null) {
                known.beat(now());
            }
        }
    }

    @Override
    public void asksToResume(String sessionId) {
        resumed.add(sessionId);
    }

    @Override
    public void committed(SessionDocument document) {
        SessionDocument before = documents.put(document.id(), document);
        if (document.state() instanceof Detached && !(before != null && before.state() instanceof Detached)) {
            handedNanos.put(document.id(), now());
        }
        if (document.isEndWanted() && !(before != null && before.isEndWanted())) {
            wantedNanos.put(document.id(), now());
            heardMillis.put(document.id(), heard(document));
        }
        if (before != null && before.state() instanceof Running && document.state() instanceof Resuming) {
            taken(before, document);
        }
        if (before != null && before.state() instanceof Detached handed && document.state() instanceof Ended ended) {
            endedAfterHandOver(before, handed, document, ended);
        }
    }

    /** By the reaper, unless a client has asked to resume; who takes what names itself knows that it does not serve it. */
    private void taken(SessionDocument before, SessionDocument taken) {
        Owner lost = before.owner();
        if (resumed.contains(taken.id())
                || lost.incarnation().equals(taken.owner().incarnation())) {
            return;
        }
        Incarnation incarnation = leases.incarnations().committed(lost.incarnation());
        boolean isUnanswered = now() - wantedNanos.getOrDefault(taken.id(), now()) >= ANSWERED_WITHIN;
        boolean isFenced = incarnation == null || incarnation.fenced();
        context.findings.expect(
                isFenced || isUnanswered,
                "a session is taken from an owner without its client only after the owner was fenced",
                () -> before + " became " + taken);
        if (!isFenced && taken.state() instanceof Resuming resuming) {
            context.counts.count("session taken from an owner that did not answer");
            long heard = heardMillis.getOrDefault(taken.id(), 0L);
            context.findings.expect(
                    (resuming.proof() != null && resuming.proof().usedMillis() >= heard) || heard == 0,
                    "usage that was heard of an owner that does not answer is charged",
                    () -> before + " became " + taken + ", heard " + heard + " ms");
        }
        if (!lost.instance().equals(taken.owner().instance())) {
            context.counts.count("session of another instance reaped");
        }
        Beats known = beats.get(lost.incarnation());
        long silent = known == null ? graceNanos : known.longest(now());
        context.findings.expect(
                silent >= graceNanos || before.isEndWanted(),
                "a session is taken from an owner without its client only after that was silent for the grace period",
                () -> before + " became " + taken + ", silent for " + silent / 1_000_000 + " ms");
    }

    private void endedAfterHandOver(SessionDocument before, Detached handed, SessionDocument document, Ended ended) {
        context.counts.count("session that was handed over ended");
        context.findings.expect(
                ended.usedMillis() == handed.handed().usedMillis()
                        && document.owner().epoch() == before.owner().epoch(),
                "a session that was handed over ends at the handed total, in the same epoch",
                () -> before + " became " + document);
        long waited = now() - handedNanos.getOrDefault(document.id(), 0L);
        context.findings.expect(
                ended.reason() != EndReason.DISCONNECTED || waited >= graceNanos,
                "a session that was handed over waits for its client for the grace period",
                () -> before + " became " + document + " after " + waited / 1_000_000 + " ms");
    }
}
