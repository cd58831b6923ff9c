package io.drawdown.sessions.document;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Open;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionState.Unbegun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * One session as stored: replaced as a whole, guarded by {@code rev}. An event that a change causes is in the same
 * write, in {@code outbox}. Never deleted, so its id is never used again.
 *
 * @param rev one more with every replacement
 * @param writeId random per write; tells a writer whose outcome is unknown whether it was its own
 * @param resumeTokenHash SHA-256 of the token that lets a client come back
 * @param endRequested someone else than the owner wants it to end
 * @param seq of the last event
 * @param outbox events that may not be published yet
 * @param pending true while the outbox holds something, else absent: the sweep looks for it
 */
public record SessionDocument(
        @BsonId String id,
        long rev,
        String writeId,
        int schema,
        Origin origin,
        Owner owner,
        StoredState life,
        @Nullable Instant startedAt,
        @Nullable String resumeTokenHash,
        boolean endRequested,
        long seq,
        List<SessionEvent> outbox,
        @Nullable Boolean pending) {

    public static final int SCHEMA = 1;

    /**
     * What was asked for, by the latest start under its key; fixed once that runs or has ended.
     *
     * @param createdAt when that start arrived
     */
    public record Origin(String accountId, String kind, String requestHash, Instant createdAt) {}

    /**
     * Who may write it.
     *
     * @param instance the owner's name, the same after its restart
     * @param epoch the fencing epoch: one more with each takeover
     */
    public record Owner(String incarnation, String instance, long epoch) {}

    public SessionDocument {
        outbox = List.copyOf(outbox);
    }

    public static SessionDocument starting(String id, Origin origin, Owner owner) {
        StoredState life = StoredState.of(new Starting());
        return new SessionDocument(id, 1, "", SCHEMA, origin, owner, life, null, null, false, 0, List.of(), null);
    }

    public SessionState state() {
        return life.state();
    }

    public boolean isOpen() {
        return state() instanceof Open;
    }

    public boolean isOwnedBy(Owner other) {
        return owner.equals(other);
    }

    public SessionDocument run(Rate rate, String tokenHash, Instant at) {
        Running running = in(Starting.class).run(rate);
        SessionEvent event = event(SessionEvent.Type.STARTED, 0, at, null);
        SessionDocument next = with(owner, running, event);
        return new SessionDocument(
                id,
                rev,
                writeId,
                schema,
                origin,
                owner,
                next.life,
                at,
                tokenHash,
                endRequested,
                next.seq,
                next.outbox,
                next.pending);
    }

    public SessionDocument refuse(Refused refused) {
        in(Starting.class);
        return with(owner, refused, null);
    }

    public SessionDocument end(EndReason reason, long usedMillis, Instant at) {
        Ended ended = in(Open.class).end(reason, usedMillis, at);
        return with(owner, ended, event(SessionEvent.Type.ENDED, usedMillis, at, reason));
    }

    /** Ended, and what it cost is not known yet. */
    public boolean isUnbilled() {
        return state() instanceof Ended ended && ended.bill() == null;
    }

    public SessionDocument billed(Bill bill) {
        return with(owner, in(Ended.class).billed(bill), null);
    }

    /** {@code next} becomes the owner under a greater epoch. */
    public SessionDocument takeOver(Owner next, @Nullable MeterReading proof) {
        return with(next, in(Open.class).takeOver(proof), null);
    }

    /** Its start key was sent again, and is decided afresh under that owner; nothing has been served yet. */
    public SessionDocument startAgain(Origin again, Owner next) {
        Unbegun unbegun = in(Unbegun.class);
        StoredState life = StoredState.of(unbegun.startAgain());
        boolean isEndWanted = endRequested && unbegun instanceof Starting;
        return new SessionDocument(
                id, rev, writeId, schema, again, next, life, null, null, isEndWanted, seq, outbox, pending);
    }

    /** Nobody starts it any more: it ends at total 0, and what it may hold is given back. */
    public SessionDocument abandon(Instant at) {
        Ended ended = in(Unbegun.class).abandon(at);
        return with(owner, ended, event(SessionEvent.Type.ENDED, 0, at, EndReason.ABANDONED));
    }

    public SessionDocument requestEnd() {
        in(Open.class);
        return new SessionDocument(
                id, rev, writeId, schema, origin, owner, life, startedAt, resumeTokenHash, true, seq, outbox, pending);
    }

    /** As it goes to the store: one revision on, without the events that are published. */
    public SessionDocument written(String newWriteId, long drainedTo) {
        return with(rev + 1, newWriteId, drainedTo);
    }

    /** As it is in the store once the events up to there were taken out; without any it is not pending either. */
    public SessionDocument trimmed(long drainedTo) {
        return with(rev, writeId, drainedTo);
    }

    private SessionDocument with(long newRev, String newWriteId, long drainedTo) {
        List<SessionEvent> left =
                outbox.stream().filter(event -> event.seq() > drainedTo).toList();
        return new SessionDocument(
                id,
                newRev,
                newWriteId,
                schema,
                origin,
                owner,
                life,
                startedAt,
                resumeTokenHash,
                endRequested,
                seq,
                left,
                left.isEmpty() ? null : true);
    }

    /** The event that says its end. */
    public SessionEvent endedEvent() {
        return switch (state()) {
            case Ended(EndReason reason, long used, Instant at, Bill _) ->
                new SessionEvent(
                        SessionEvent.Type.ENDED,
                        id,
                        seq,
                        origin.accountId(),
                        origin.kind(),
                        owner.epoch(),
                        used,
                        at,
                        reason);
            case Refused _, Open _ -> throw new IllegalStateException("session " + id + " has not ended: " + life);
        };
    }

    private SessionEvent event(SessionEvent.Type type, long usedMillis, Instant at, @Nullable EndReason reason) {
        return new SessionEvent(
                type, id, seq + 1, origin.accountId(), origin.kind(), owner.epoch(), usedMillis, at, reason);
    }

    private SessionDocument with(Owner newOwner, SessionState state, @Nullable SessionEvent event) {
        List<SessionEvent> events = new ArrayList<>(outbox);
        if (event != null) {
            events.add(event);
        }
        return new SessionDocument(
                id,
                rev,
                writeId,
                schema,
                origin,
                newOwner,
                StoredState.of(state),
                startedAt,
                resumeTokenHash,
                endRequested,
                event == null ? seq : event.seq(),
                events,
                pending);
    }

    private <S extends SessionState> S in(Class<S> expected) {
        SessionState state = state();
        if (!expected.isInstance(state)) {
            throw new IllegalStateException("session " + id + " is " + state + ", not " + expected.getSimpleName());
        }
        return expected.cast(state);
    }
}
