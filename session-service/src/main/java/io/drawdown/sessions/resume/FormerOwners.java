package io.drawdown.sessions.resume;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionControl;
import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.control.ControlPublisher;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.recovery.HeartbeatHistory;
import io.drawdown.sessions.recovery.UnansweredEnds;
import io.drawdown.sessions.recovery.UsageProofs;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a taker can learn of the owner before it: whether it can still write, and what its heartbeats prove. Proofs that are
 * wanted while heartbeats are being read share the next reading.
 */
public final class FormerOwners implements UnansweredEnds.Owners {

    /** Heartbeats are read back at least so far: a clock that was set must not hide a proof. */
    static final Duration BACK = Duration.ofMinutes(1);

    private final IncarnationStore incarnations;
    private final HeartbeatHistory heartbeats;
    private final ControlPublisher control;
    private final Time time;
    private List<Wanted> waiting = new ArrayList<>();
    private boolean reading;

    public FormerOwners(
            IncarnationStore incarnations, HeartbeatHistory heartbeats, ControlPublisher control, Time time) {
        this.incarnations = incarnations;
        this.heartbeats = heartbeats;
        this.control = control;
        this.time = time;
    }

    private record Wanted(SessionDocument session, Instant from, UniEmitter<? super Optional<MeterReading>> emitter) {}

    /** Asks the owner to stop serving the session and to write its hand-over. The answer is in the document. */
    void askToHandOver(SessionDocument session) {
        control.tell(SessionControl.Type.HAND_OVER, session);
    }

    @Override
    public void askToEnd(SessionDocument session) {
        control.tell(SessionControl.Type.END, session);
    }

    /** Whether the owner of the session cannot write any more. */
    Uni<Boolean> isFenced(SessionDocument session) {
        return incarnations.get(session.owner().incarnation()).map(found -> found.map(Incarnation::fenced)
                .orElse(true));
    }

    /** The greatest reading of the session among all heartbeats until now. */
    @Override
    public Uni<Optional<MeterReading>> proof(SessionDocument session) {
        return incarnations.get(session.owner().incarnation()).chain(owner -> Uni.createFrom()
                .emitter(emitter -> {
                    waiting.add(new Wanted(session, from(session, owner), emitter));
                    readNext();
                }));
    }

    private Instant from(SessionDocument session, Optional<Incarnation> owner) {
        Instant last = owner.map(Incarnation::renewedAt)
                .orElseGet(() -> session.origin().createdAt())
                .minus(BACK);
        Instant lately = time.now().minus(BACK);
        return last.isBefore(lately) ? last : lately;
    }

    private void readNext() {
        if (reading || waiting.isEmpty()) {
            return;
        }
        reading = true;
        List<Wanted> these = waiting;
        waiting = new ArrayList<>();
        Instant from =
                these.stream().map(Wanted::from).min(Comparator.naturalOrder()).orElseThrow();
        Uni.createFrom()
                .deferred(() -> heartbeats.since(
                        from,
                        these.stream()
                                .map(wanted -> wanted.session().origin().accountId())
                                .collect(Collectors.toSet())))
                .subscribe()
                .with(heard -> answer(these, heard.readings()), fault -> fail(these, fault));
    }

    private void answer(List<Wanted> these, List<MeterReading> readings) {
        Map<String, MeterReading> proofs = UsageProofs.among(readings);
        reading = false;
        these.forEach(wanted -> wanted.emitter()
                .complete(Optional.ofNullable(proofs.get(wanted.session().id()))));
        readNext();
    }

    private void fail(List<Wanted> these, Throwable fault) {
        reading = false;
        these.forEach(wanted -> wanted.emitter().fail(fault));
        readNext();
    }
}
