package io.drawdown.sessions.gateway;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.Advance;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Origin;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionState.Unbegun;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.FirstSlice;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts of gateways: stored first, then the first slice is asked for, then what came of it is stored. Several requests
 * under one key may do so at once: all find the same hold, and the first to store what came of it decides. A start that
 * nobody finishes is given up by the sweep of old starts.
 */
final class GatewayStarts {

    private final SessionStore store;
    private final GuardedWrites<SessionDocument> writes;
    private final CreditsClient credits;
    private final Time time;
    private final long mostMillis;

    GatewayStarts(
            SessionStore store,
            GuardedWrites<SessionDocument> writes,
            CreditsClient credits,
            Time time,
            GatewayTerms terms) {
        this.mostMillis = terms.maximumDuration().toMillis();
        this.store = store;
        this.writes = writes;
        this.credits = credits;
        this.time = time;
    }

    /** Fails with {@code Unavailable} only if no request under this key has made a hold, or ever will. */
    Uni<Reply> start(GatewayStart start) {
        return Uni.createFrom().deferred(() -> new Attempt(start).begin());
    }

    /** The work of one request. */
    private final class Attempt {

        private final GatewayStart start;
        private final SessionDocument proposed;
        private final FirstSlice slice = new FirstSlice(credits);
        private boolean begunHere;

        Attempt(GatewayStart start) {
            this.start = start;
            Origin origin =
                    new Origin(start.accountId(), start.kind(), start.requestHash(), time.now(), start.trace(), null);
            this.proposed = SessionDocument.starting(start.sessionId(), origin, Owner.gateway());
        }

        Uni<Reply> begin() {
            return store.insert(proposed)
                    .onFailure(OutcomeUnknown.class)
                    .recoverWithItem(false)
                    .chain(inserted -> inserted ? ask(proposed) : readAgain())
                    .onFailure(fault -> slice.mayBeHeld() && fault instanceof Unavailable)
                    .transform(fault -> new OutcomeUnknown("the start may have begun", fault));
        }

        private Uni<Reply> readAgain() {
            return store.get(start.sessionId()).chain(found -> found.map(this::known)
                    .orElseGet(() -> Uni.createFrom().failure(new Unavailable("the start is not stored"))));
        }

        /** The key was sent before. */
        private Uni<Reply> known(SessionDocument there) {
            if (!isSame(there)) {
                return Uni.createFrom().item(new Reply.KeyReused());
            }
            if (!(there.state() instanceof Unbegun)) {
                return Uni.createFrom().item(reply(there));
            }
            slice.mayHaveBeenAsked(true);
            return writes.change(
                            there,
                            (current, _) -> current.state() instanceof Unbegun && isSame(current)
                                    ? current.startAgain(proposed.origin(), Owner.gateway())
                                    : null)
                    .chain(again -> again.state() instanceof Starting && isMine(again)
                            ? ask(again)
                            : Uni.createFrom().item(reply(again)));
        }

        /** After a refusal the same key may be used for another start. */
        private boolean isSame(SessionDocument there) {
            return there.state() instanceof Refused || isMine(there);
        }

        private boolean isMine(SessionDocument there) {
            return there.isOwnedBy(Owner.gateway())
                    && there.origin().requestHash().equals(start.requestHash());
        }

        private Uni<Reply> ask(SessionDocument starting) {
            return Uni.createFrom()
                    .<Funding.Answer>emitter(emitter -> slice.ask(starting, emitter::complete, emitter::fail))
                    .chain(answer -> answered(starting, answer));
        }

        private Uni<Reply> answered(SessionDocument starting, Funding.Answer answer) {
            return writes.change(starting, (current, now) -> decided(current, answer, now))
                    .map(this::reply);
        }

        /** What the answer makes of the session, if no other request under the key was faster. */
        private @Nullable SessionDocument decided(SessionDocument current, Funding.Answer answer, Instant now) {
            begunHere = false;
            if (!(current.state() instanceof Unbegun) || !isMine(current)) {
                return null;
            }
            return switch (answer.outcome()) {
                case FUNDED, ENDING, EXHAUSTED, SUSPENDED -> begun(current, answer, now);
                case REFUSED -> refused(current, answer, now);
                case NO_HOLD, STALE, CANCELLED, RELEASED -> current.abandon(now);
            };
        }

        private SessionDocument begun(SessionDocument current, Funding.Answer answer, Instant now) {
            begunHere = true;
            Rate rate = Objects.requireNonNull(answer.hold()).rate();
            SessionDocument starting = current.state() instanceof Starting
                    ? current
                    : current.startAgain(proposed.origin(), Owner.gateway());
            SessionDocument begun = starting.report(rate, Advance.of(answer), mostMillis, now);
            EndReason wanted = begun.endWanted();
            return wanted == null ? begun : begun.end(wanted, 0, now);
        }

        private @Nullable SessionDocument refused(SessionDocument current, Funding.Answer answer, Instant now) {
            if (answer.problem() == ProblemType.OPERATION_CANCELLED) {
                return current.abandon(now);
            }
            return current.state() instanceof Starting ? current.refuse(Refused.of(answer)) : null;
        }

        private Reply reply(SessionDocument stored) {
            return switch (stored.state()) {
                case Reported _ when isMine(stored) -> new Reply.Stands(stored, begunHere);
                case Ended _ when isMine(stored) -> new Reply.Stands(stored, false);
                case Refused refused when isMine(stored) -> new Reply.NotBegun(refused);
                case Starting _, Reported _, Ended _, Refused _, Running _, Detached _, Resuming _ ->
                    new Reply.KeyReused();
            };
        }
    }
}
