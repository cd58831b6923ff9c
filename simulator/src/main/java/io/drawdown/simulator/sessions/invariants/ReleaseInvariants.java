package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Rate;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.Map;
import java.util.TreeMap;

/** Watches pauses that give back what their sessions do not use: nothing is kept, whoever owns the session and funds it. */
public final class ReleaseInvariants implements Watcher {

    private static final String LIMIT = "a paused session that gives back keeps nothing that it does not use";

    /** More than an owner's tick. */
    private static final long PATIENCE = 3_000_000_000L;

    private final SimulationContext context;
    private final Leases leases;
    private final Map<String, Known> sessions = new TreeMap<>();

    /** One session, in one epoch. */
    private static final class Known {
        SessionDocument document;
        boolean isReleased;
        /** How far its owner may serve it, as far as that owner has said or heard. */
        long cut;

        long fundedMillis;
        long changedNanos;
        /** Its total, while it is paused. */
        long usedMillis;

        Known(SessionDocument document) {
            this.document = document;
        }

        void limit(long nextCut, long nextFunded, long nanos) {
            if (nextCut > cut || (nextCut == cut && nextFunded > fundedMillis)) {
                cut = nextCut;
                fundedMillis = nextFunded;
                changedNanos = nanos;
            }
        }
    }

    public ReleaseInvariants(SimulationContext context, SessionsSide side) {
        this.context = context;
        this.leases = side.stores().leases();
        side.watch(this);
    }

    /** The total in increments that are begun, and so are paid for. */
    static long begunMillis(Rate rate, long usedMillis) {
        return Math.ceilDiv(usedMillis, rate.incrementMillis()) * rate.incrementMillis();
    }

    @Override
    public void committed(SessionDocument document) {
        Known known = sessions.computeIfAbsent(document.id(), fresh -> new Known(document));
        if (known.document.owner().epoch() != document.owner().epoch()) {
            known.cut = 0;
            known.fundedMillis = 0;
            known.usedMillis = 0;
        }
        known.document = document;
        known.isReleased = document.isReleased() && document.state() instanceof Running;
    }

    @Override
    public void givesBack(String sessionId, Funding.GiveBack given) {
        Known known = sessions.get(sessionId);
        if (known == null || given.epoch() != known.document.owner().epoch()) {
            return;
        }
        if (known.isReleased && given.cut() > known.cut && known.document.state() instanceof Running running) {
            context.findings.expect(
                    given.fundedMillis() <= begunMillis(running.rate(), given.usedMillis()),
                    LIMIT,
                    () -> given + " of " + known.document);
        }
        known.usedMillis = Math.max(known.usedMillis, given.usedMillis());
        known.limit(given.cut(), given.fundedMillis(), context.timeline.nanos());
    }

    /** Its owner has stored the pause. */
    @Override
    public void delivered(Delivery delivery) {
        if (delivery.frame() instanceof Frame.Paused paused && paused.released()) {
            String sessionId = delivery.client().sessionId();
            Known known = sessionId == null ? null : sessions.get(sessionId);
            if (known != null) {
                known.usedMillis = Math.max(known.usedMillis, paused.usedMillis());
                lookLater(known, delivery.process());
            }
        }
    }

    /** It was funded nevertheless, and its owner knows. */
    @Override
    public void answered(Answered answered) {
        Known known = sessions.get(answered.sessionId());
        HoldView hold = answered.answer().hold();
        if (known != null
                && hold != null
                && hold.epoch() == known.document.owner().epoch()) {
            known.limit(hold.cut(), hold.fundedMillis(), context.timeline.nanos());
            lookLater(known, answered.owner());
        }
    }

    private void lookLater(Known known, Process owner) {
        SessionDocument then = known.document;
        long nanos = context.timeline.nanos();
        if (known.isReleased && known.usedMillis > 0 && then.state() instanceof Running running) {
            context.timeline.after(PATIENCE, () -> {
                boolean isTheSame = known.isReleased
                        && known.document.rev() == then.rev()
                        && known.changedNanos <= nanos
                        && leases.isOf(owner, then.owner().incarnation());
                if (isTheSame && couldAct(owner, nanos)) {
                    context.findings.expect(
                            known.fundedMillis <= begunMillis(running.rate(), known.usedMillis),
                            LIMIT,
                            () -> owner.name() + " keeps " + known.fundedMillis + " ms of " + then);
                }
            });
        }
    }

    private boolean couldAct(Process owner, long sinceNanos) {
        return owner.isAlive()
                && !owner.isFrozen()
                && owner.wokeNanos(PATIENCE / 6) < sinceNanos
                && !leases.isFenced(owner);
    }
}
