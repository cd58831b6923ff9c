package io.drawdown.sessions.document;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Held;
import io.drawdown.sessions.document.SessionState.Open;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionState.Unbegun;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * One session as stored: replaced as a whole, guarded by {@code revision.rev}. An event that a change causes is in the
 * same write, in {@code outbox}. Never deleted, so its id is never used again.
 *
 * @param begun absent until it is paid for
 * @param endWanted why someone other than the owner wants it to end; absent: nobody does
 */
@MongoEntity(collection = "sessions")
public record SessionDocument(
        @BsonId String id,
        Revision revision,
        Origin origin,
        Owner owner,
        SessionState state,
        @Nullable Begun begun,
        @Nullable EndReason endWanted,
        Outbox outbox)
        implements GuardedDocument {

    public static final int SCHEMA = 4;

    /**
     * What the latest start under its key asked for; fixed once the session runs or has ended. The contexts are those of the
     * requests that wanted it to start and to end, if they have any.
     *
     * @param createdAt when that start arrived
     */
    public record Origin(
            String accountId,
            String kind,
            String requestHash,
            Instant createdAt,
            @Nullable TraceContext startTrace,
            @Nullable TraceContext endTrace) {

        private Origin endedBy(@Nullable TraceContext trace) {
            return new Origin(accountId, kind, requestHash, createdAt, startTrace, trace);
        }
    }

    /**
     * Who may write it.
     *
     * @param instance the owner's name, the same after its restart
     * @param epoch the fencing epoch: one more with each takeover
     */
    public record Owner(String incarnation, String instance, long epoch) {

        /** No instance can have this name. */
        private static final String GATEWAY = "/gateway";

        /** Of a session whose total a gateway states: the document itself, in one epoch for life. */
        public static Owner gateway() {
            return new Owner(GATEWAY, GATEWAY, 1);
        }

        /** Nobody; the epoch is that of the last owner. */
        public static Owner none(long epoch) {
            return new Owner("", "", epoch);
        }

        public boolean isNone() {
            return incarnation.isEmpty();
        }
    }

    public static SessionDocument starting(String id, Origin origin, Owner owner) {
        return new SessionDocument(
                id, new Revision(1, "", SCHEMA), origin, owner, new Starting(), null, null, Outbox.EMPTY);
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    public boolean isOpen() {
        return state instanceof Open;
    }

    public boolean isOwnedBy(Owner other) {
        return owner.equals(other);
    }

    /** Its end, if it has ended. */
    public Optional<Ended> ended() {
        return state instanceof Ended end ? Optional.of(end) : Optional.empty();
    }

    public SessionDocument run(Rate rate, ResumeToken token, Instant at) {
        return begun(in(Starting.class).run(rate), Begun.at(at, token));
    }

    /**
     * A gateway has it from now on, and states its total.
     *
     * @param mostMillis how long it may last
     */
    public SessionDocument report(Rate rate, Advance advance, long mostMillis, Instant at) {
        return begun(in(Starting.class).report(rate, advance, mostMillis, at), Begun.at(at, null));
    }

    private SessionDocument begun(SessionState running, Begun now) {
        Outbox started = outbox.with(event(SessionEvent.Type.STARTED, 0, now.startedAt(), null));
        return new SessionDocument(id, revision, origin, owner, running, now, endWanted, started);
    }

    public SessionDocument with(Reported next) {
        in(Reported.class);
        return with(owner, next);
    }

    public SessionDocument refuse(Refused refused) {
        in(Starting.class);
        return with(owner, refused);
    }

    public @Nullable Instant pausedAt() {
        return begun == null ? null : begun.pausedAt();
    }

    public boolean isPaused() {
        return pausedAt() != null;
    }

    /** Whether its pause gives back what it does not use. */
    public boolean isReleased() {
        return begun != null && begun.isReleased();
    }

    /** Whether its pause lasts until it is asked that it be over, whoever owns it. */
    public boolean isPausedByRequest() {
        return begun != null && begun.isByRequest();
    }

    /** Neither served nor charged from that total on. Its pause is an event; why, and what becomes of its credits, is not. */
    public SessionDocument pause(long usedMillis, boolean isReleased, boolean isByRequest, Instant at) {
        Begun known = Objects.requireNonNull(begun);
        Begun now = known.paused(Objects.requireNonNullElse(known.pausedAt(), at), isReleased, isByRequest);
        SessionEvent event = event(SessionEvent.Type.PAUSED, usedMillis, at, null);
        return with(now, isPaused() ? outbox : outbox.with(event));
    }

    public SessionDocument goOn(long usedMillis, Instant at) {
        SessionEvent event = event(SessionEvent.Type.RESUMED, usedMillis, at, null);
        return with(Objects.requireNonNull(begun).goOn(), outbox.with(event));
    }

    private SessionDocument with(Begun now, Outbox events) {
        return new SessionDocument(id, revision, origin, owner, in(Open.class), now, endWanted, events);
    }

    public SessionDocument end(EndReason reason, long usedMillis, Instant at) {
        return ended(in(Open.class).end(reason, usedMillis, at));
    }

    /** Its start is given up: it ends at total 0, and a hold that it may have is released. */
    public SessionDocument abandon(Instant at) {
        return ended(in(Unbegun.class).abandon(at));
    }

    private SessionDocument ended(Ended end) {
        SessionEvent event = event(SessionEvent.Type.ENDED, end.usedMillis(), end.at(), end.reason());
        return new SessionDocument(id, revision, origin, owner, end, begun, endWanted, outbox.with(event));
    }

    /** Ended, and what it cost is not known yet. */
    public boolean isUnbilled() {
        return state instanceof Ended end && end.bill() == null;
    }

    public SessionDocument billed(Bill bill) {
        return with(owner, in(Ended.class).billed(bill));
    }

    /** {@code next} becomes the owner under a greater epoch. */
    public SessionDocument takeOver(Owner next, @Nullable MeterReading proof) {
        return with(next, in(Held.class).takeOver(proof));
    }

    /** Its owner serves it no more: nobody owns it. */
    public SessionDocument handOver(MeterReading handed, Instant at) {
        return with(Owner.none(owner.epoch()), in(Running.class).handOver(handed, at));
    }

    /** Its taker serves it from now on. */
    public SessionDocument resume() {
        return with(owner, in(Resuming.class).run());
    }

    /** From now on that token lets a client come back. */
    public SessionDocument with(ResumeToken token) {
        Begun known = Objects.requireNonNull(begun);
        return new SessionDocument(id, revision, origin, owner, state, known.with(token), endWanted, outbox);
    }

    /** Its start key was sent again: that owner decides it afresh. Nothing has been served yet. */
    public SessionDocument startAgain(Origin again, Owner next) {
        Unbegun unbegun = in(Unbegun.class);
        EndReason still = unbegun instanceof Starting ? endWanted : null;
        Origin both = again.endedBy(still == null ? null : origin.endTrace());
        return new SessionDocument(id, revision, both, next, unbegun.startAgain(), null, still, outbox);
    }

    /** @param trace of the request that wants the end */
    public SessionDocument wantEnd(EndReason reason, @Nullable TraceContext trace) {
        in(Open.class);
        return new SessionDocument(id, revision, origin.endedBy(trace), owner, state, begun, reason, outbox);
    }

    public boolean isEndWanted() {
        return endWanted != null;
    }

    /** From now on its end is due to the request with that context, if it has one. */
    public SessionDocument endedBy(@Nullable TraceContext trace) {
        return trace == null
                ? this
                : new SessionDocument(id, revision, origin.endedBy(trace), owner, state, begun, endWanted, outbox);
    }

    /** As it is written to the store: with the next revision, and without the events that are published. */
    public SessionDocument written(String newWriteId, long drainedTo) {
        return with(revision.next(newWriteId), drainedTo);
    }

    /** As it is in the store once the events up to that seq are removed. Without events it is not pending. */
    public SessionDocument trimmed(long drainedTo) {
        return with(revision, drainedTo);
    }

    private SessionDocument with(Revision next, long drainedTo) {
        return new SessionDocument(id, next, origin, owner, state, begun, endWanted, outbox.trimmed(drainedTo));
    }

    private SessionDocument with(Owner newOwner, SessionState newState) {
        return new SessionDocument(id, revision, origin, newOwner, newState, begun, endWanted, outbox);
    }

    /** The event that says its end. */
    public SessionEvent endedEvent() {
        Ended end = in(Ended.class);
        return event(outbox.seq(), SessionEvent.Type.ENDED, end.usedMillis(), end.at(), end.reason());
    }

    /** The context of the request that caused the event; null if none did: few ends are asked for. */
    public @Nullable TraceContext traceOf(SessionEvent event) {
        return switch (event.type()) {
            case STARTED -> origin.startTrace();
            case PAUSED, RESUMED -> null;
            case ENDED -> EndReason.isAskedFor(event.reason()) ? origin.endTrace() : null;
        };
    }

    private SessionEvent event(SessionEvent.Type type, long usedMillis, Instant at, @Nullable EndReason reason) {
        return event(outbox.seq() + 1, type, usedMillis, at, reason);
    }

    private SessionEvent event(
            long seq, SessionEvent.Type type, long usedMillis, Instant at, @Nullable EndReason reason) {
        return new SessionEvent(
                type, id, seq, origin.accountId(), origin.kind(), owner.epoch(), usedMillis, at, reason);
    }

    private <S extends SessionState> S in(Class<S> expected) {
        if (!expected.isInstance(state)) {
            throw new IllegalStateException("session " + id + " is " + state + ", not " + expected.getSimpleName());
        }
        return expected.cast(state);
    }
}
