package io.drawdown.sessions.resume;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.socket.Identity;
import io.drawdown.sessions.connection.Refusals;
import io.drawdown.sessions.document.Begun;
import io.drawdown.sessions.document.ResumeToken;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Held;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.resume.ResumeAttempts.Surroundings;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a client to come back. It looks at the session's document until it can decide:
 *
 * <ul>
 *   <li>The session lives here: the token is rotated in one write, then the client is attached.
 *   <li>It was handed over: it is taken over with the handed total as the proof.
 *   <li>Another owns it: that owner is asked to hand it over. If it has not written its hand-over after {@link
 *       HandOverRequest#SILENCE}, or
 *       is fenced, the session is taken over with its greatest heartbeat as the proof.
 * </ul>
 *
 * The write that takes it over names the next owner under the next epoch, the proof and the next token, so one attempt
 * succeeds at most. An attempt whose client is gone writes nothing.
 */
final class ResumeAttempt {

    /** How long a client waits before it is told to try again. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(ResumeAttempt.class);
    private static final Duration FIRST_LOOK = Duration.ofMillis(40);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(500);

    private final Surroundings around;
    private final ReturningClient client;
    private final Identity identity;
    private final ClientFrame.Resume frame;
    private final Consumer<ResumeAttempt> over;
    private final HandOverRequest handOver;
    private Duration nextLook = FIRST_LOOK;
    private @Nullable SessionDocument taken;
    private @Nullable ResumeToken rotated;

    ResumeAttempt(
            Surroundings around,
            ReturningClient client,
            Identity identity,
            ClientFrame.Resume frame,
            Consumer<ResumeAttempt> over) {
        this.around = around;
        this.client = client;
        this.identity = identity;
        this.frame = frame;
        this.over = over;
        this.handOver = new HandOverRequest(around.owners(), around.clock().time());
    }

    void begin() {
        around.clock().scheduler().after(PATIENCE, this::giveUpForNow);
        look();
    }

    private void look() {
        LiveSession session = around.live().get(frame.sessionId());
        if (client.isGone() && taken == null) {
            over.accept(this);
        } else if (session != null && session.isOpen() && !client.isGone()) {
            returnHere(session);
        } else {
            around.store().get(frame.sessionId()).subscribe().with(this::found, fault -> unavailable());
        }
    }

    private void lookLater() {
        Duration delay = nextLook;
        Duration doubled = delay.multipliedBy(2);
        nextLook = doubled.compareTo(SLOWEST_LOOK) < 0 ? doubled : SLOWEST_LOOK;
        around.clock().scheduler().after(delay, this::look);
    }

    private void found(Optional<SessionDocument> stored) {
        SessionDocument document = stored.orElse(null);
        stored.ifPresent(around.live()::stopIfReplaced);
        if (document != null && isTaken(document)) {
            takeUp(document);
        } else if (client.isGone()) {
            over.accept(this);
        } else if (document == null || next(document).isEmpty()) {
            unknown();
        } else {
            decide(document);
        }
    }

    private void decide(SessionDocument session) {
        switch (session.state()) {
            case Starting _, Reported _ -> unknown();
            case Refused refused -> finish(() -> client.finish(c -> Refusals.tell(c, refused)));
            case Ended _ -> finish(() -> client.tellEnded(session));
            case Detached _ -> take(session, null);
            case Running running -> askOwner(session, running);
            case Resuming resuming -> askOwner(session, resuming);
        }
    }

    /** The token as it is once this attempt has succeeded; empty: the client is not let in. */
    private Optional<ResumeToken> next(SessionDocument session) {
        Begun begun = session.begun();
        ResumeToken token = begun == null ? null : begun.token();
        if (token == null || !identity.mayUse(session.origin().accountId())) {
            return Optional.empty();
        }
        if (!token.equals(rotated)) { // else this attempt's own write is there already
            rotated = token.next(frame.resumeToken(), frame.nextHash(), frame.attempt())
                    .orElse(null);
        }
        return Optional.ofNullable(rotated);
    }

    private void askOwner(SessionDocument session, Held state) {
        Owner me = around.me().get();
        if (me == null) {
            unavailable();
        } else if (session.owner().incarnation().equals(me.incarnation())) {
            takeFromHere(session);
        } else {
            handOver.isUnanswered(session, state).subscribe().with(unanswered -> {
                if (unanswered) {
                    takeByProof(session);
                } else {
                    lookLater();
                }
            });
        }
    }

    /** It names this instance as its owner. If nothing here works on it, an answer of the store was lost. */
    private void takeFromHere(SessionDocument session) {
        String id = session.id();
        boolean isInHand = around.live().get(id) != null
                || around.resumptions().isResuming(id)
                || around.isStarting().test(id);
        if (isInHand) {
            lookLater();
        } else {
            takeByProof(session);
        }
    }

    private void takeByProof(SessionDocument session) {
        if (session.state() instanceof Resuming resuming && resuming.proof() != null) {
            take(session, null);
            return;
        }
        around.owners().proof(session).subscribe().with(proof -> take(session, proof.orElse(null)), fault -> {
            LOG.infof("Heartbeats not read, tried again: sessionId=%s fault=%s", session.id(), fault);
            lookLater();
        });
    }

    /** Only while it is as it was seen: its owner may hand it over, end it, or lose it to another attempt meanwhile. */
    private void take(SessionDocument seen, @Nullable MeterReading proof) {
        Owner me = around.me().get();
        if (me == null) {
            unavailable();
            return;
        }
        Owner taker = new Owner(me.incarnation(), me.instance(), seen.owner().epoch() + 1);
        around.writes()
                .change(seen, (current, _) -> {
                    SessionDocument next = isUnchanged(seen, current) ? taken(current, taker, proof) : null;
                    taken = next == null ? taken : next;
                    return next;
                })
                .subscribe()
                .with(stored -> found(Optional.of(stored)), fault -> {
                    LOG.infof("Session not taken yet: sessionId=%s fault=%s", seen.id(), fault);
                    lookLater();
                });
    }

    private @Nullable SessionDocument taken(SessionDocument current, Owner taker, @Nullable MeterReading proof) {
        return next(current)
                .map(token -> current.takeOver(taker, proof).with(token))
                .orElse(null);
    }

    private boolean isUnchanged(SessionDocument seen, SessionDocument current) {
        return !client.isGone()
                && current.isOwnedBy(seen.owner())
                && current.state().equals(seen.state());
    }

    /** Whether the write of this attempt is in the store. No other writes this owner with this token. */
    private boolean isTaken(SessionDocument stored) {
        return taken != null
                && stored.state() instanceof Resuming
                && stored.isOwnedBy(taken.owner())
                && Objects.equals(stored.begun(), taken.begun());
    }

    private void takeUp(SessionDocument stored) {
        Owner me = around.me().get();
        if (me == null || !stored.owner().incarnation().equals(me.incarnation())) {
            giveUp(); // it lost its lease while that was written
            return;
        }
        over.accept(this);
        if (!around.resumptions().isResuming(stored.id())) {
            around.resumptions().begin(stored, client);
        }
    }

    /** It lives here, so its epoch stays. The token is rotated before the client is let in. */
    private void returnHere(LiveSession session) {
        boolean[] rotated = {false};
        around.writes()
                .change(session.document(), (current, _) -> {
                    Optional<ResumeToken> token = isHere(session, current) ? next(current) : Optional.empty();
                    rotated[0] = token.isPresent();
                    return token.map(current::with).orElse(null);
                })
                .subscribe()
                .with(stored -> returned(session, stored, rotated[0]), fault -> unavailable());
    }

    private boolean isHere(LiveSession session, SessionDocument current) {
        return !client.isGone()
                && current.state() instanceof Running
                && current.isOwnedBy(session.document().owner());
    }

    private void returned(LiveSession session, SessionDocument stored, boolean rotated) {
        if (!rotated) {
            found(Optional.of(stored));
            return;
        }
        session.rotated(stored);
        if (session.isOpen()) {
            finish(() -> client.goOn(session, stored.endWanted()));
        } else {
            lookLater();
        }
    }

    private void unknown() {
        finish(() -> client.finish(
                c -> Refusals.tell(c, ProblemType.SESSION_NOT_FOUND, "no session with this id, token and attempt")));
    }

    private void unavailable() {
        finish(() -> client.finish(c -> Refusals.tell(c, ProblemType.UNAVAILABLE, "try again")));
    }

    /** A takeover that has begun goes on without its client. */
    private void giveUpForNow() {
        client.finish(c -> Refusals.tell(c, ProblemType.UNAVAILABLE, "it takes too long; try again"));
    }

    void giveUp() {
        finish(client::tellRestarting);
    }

    private void finish(Runnable lastWord) {
        over.accept(this);
        lastWord.run();
    }
}
