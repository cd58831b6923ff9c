package io.drawdown.sessions.start;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.Refusals;
import io.drawdown.sessions.document.ResumeToken;
import io.drawdown.sessions.document.SessionDocument;
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
import io.drawdown.sessions.live.FundedStart;
import io.drawdown.sessions.protocol.Frame;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One session on its way from a {@code start} frame to running, refused, or given up for now: store it, ask for the
 * first slice, store what came of it, and only then serve.
 *
 * <p>The start key may be sent again at any time, to any instance. That instance takes the document over, whether another
 * still works on it or it was refused before, and asks credits-service under the key of the session's hold, so that an
 * existing hold is found. From then on every write of an earlier attempt is of an old revision: the attempt may have made
 * the hold, but it does not run the session. If nobody sends the key again, the sweep ends the session at total 0.
 */
final class StartAttempt {

    /** Hears once, at the end, what becomes of the attempt. */
    interface Outcome {
        void live(StartAttempt attempt, FundedStart start);

        void over(StartAttempt attempt);

        /** Its document says that this instance runs it, but nobody serves it. */
        void orphaned(SessionDocument document);
    }

    private static final Logger LOG = Logger.getLogger(StartAttempt.class);

    private final SessionDocument proposed;
    private final Owner me;
    private final SessionStore store;
    private final FirstToken token;
    private final Outcome outcome;
    private final StartClient client = new StartClient();
    private final FirstSlice slice;
    private final GuardedWrites<SessionDocument> guarded;
    private final StartWrites writes;
    private boolean over;

    StartAttempt(
            SessionDocument proposed,
            SessionStore store,
            GuardedWrites<SessionDocument> writes,
            CreditsClient credits,
            Scheduler scheduler,
            FirstToken token,
            Outcome outcome) {
        this.proposed = proposed;
        this.me = proposed.owner();
        this.store = store;
        this.token = token;
        this.outcome = outcome;
        this.slice = new FirstSlice(credits);
        this.guarded = writes;
        this.writes = new StartWrites(writes, scheduler, () -> over, this::unavailable);
    }

    String id() {
        return proposed.id();
    }

    String accountId() {
        return proposed.origin().accountId();
    }

    boolean isFor(String requestHash) {
        return proposed.origin().requestHash().equals(requestHash);
    }

    @Nullable
    ClientConnection client() {
        return client.connection();
    }

    boolean isEndWanted() {
        return client.isEndWanted();
    }

    void attach(ClientConnection next) {
        client.moveTo(next);
        slice.joined();
    }

    void begin() {
        store.insert(proposed)
                .onFailure(OutcomeUnknown.class)
                .recoverWithItem(false)
                .subscribe()
                .with(this::stored, this::unavailable);
    }

    private void stored(boolean inserted) {
        if (inserted) {
            askForFirstSlice(proposed);
        } else {
            slice.mayHaveBeenAsked(true);
            store.get(id()).subscribe().with(this::found, this::unavailable);
        }
    }

    /** The id is taken: the start key was sent before, or the first write is not there after all. */
    private void found(Optional<SessionDocument> stored) {
        if (stored.isEmpty()) {
            slice.mayHaveBeenAsked(false);
            giveUpForNow();
            return;
        }
        SessionDocument there = stored.get();
        if (!isSame(there)) {
            giveUp(ProblemType.IDEMPOTENCY_KEY_REUSED, "this start key was used for another start");
            return;
        }
        switch (there.state()) {
            case Unbegun unbegun -> takeUp(there);
            case Running r -> orphan(there);
            case Detached _, Resuming _, Reported _ -> elsewhere();
            case Ended ended -> tellEnded(there, ended);
        }
    }

    /** After a refusal the same key may be used for another start. */
    private boolean isSame(SessionDocument there) {
        return there.state() instanceof Refused || isFor(there.origin().requestHash());
    }

    /** From then on no earlier attempt runs it. */
    private void takeUp(SessionDocument there) {
        GuardedWrites.Rule<SessionDocument> rule = (current, _) -> current.state() instanceof Unbegun && isSame(current)
                ? current.startAgain(proposed.origin(), me)
                : null;
        guarded.change(there, rule)
                .subscribe()
                .with(
                        stored -> {
                            if (stored.state() instanceof Starting && isMine(stored)) {
                                askForFirstSlice(stored);
                            } else {
                                found(Optional.of(stored));
                            }
                        },
                        this::unavailable);
    }

    private void orphan(SessionDocument there) {
        elsewhere();
        if (isMine(there)) {
            outcome.orphaned(there);
        }
    }

    private void elsewhere() {
        finish(c -> Refusals.tellResume(c, id()));
    }

    private void askForFirstSlice(SessionDocument starting) {
        if (!over) {
            slice.ask(starting, answer -> answered(starting, answer), this::unavailable);
        }
    }

    private void answered(SessionDocument starting, Funding.Answer answer) {
        boolean isHeld = answer.hold() != null && answer.account() != null;
        switch (answer.outcome()) {
            case FUNDED, ENDING, EXHAUSTED, SUSPENDED -> {
                if (isHeld) {
                    run(starting, answer);
                } else {
                    unavailable(new IllegalStateException("a start was answered without its hold"));
                }
            }
            case REFUSED -> refused(starting, answer);
            case NO_HOLD, STALE, CANCELLED, RELEASED -> write(starting, SessionDocument::abandon, this::notRun);
        }
    }

    private void run(SessionDocument starting, Funding.Answer answer) {
        Rate rate = Objects.requireNonNull(answer.hold()).rate();
        write(starting, (current, now) -> current.run(rate, ResumeToken.first(token.hash()), now), stored -> {
            if (stored.state() instanceof Running && isMine(stored)) {
                over = true;
                outcome.live(this, new FundedStart(stored, answer, token.token()));
            } else {
                notRun(stored);
            }
        });
    }

    /** A start that was given up is over. A refusal from before the client joined is no answer to that client. */
    private void refused(SessionDocument starting, Funding.Answer answer) {
        if (answer.problem() == ProblemType.OPERATION_CANCELLED) {
            write(starting, SessionDocument::abandon, this::notRun);
        } else if (slice.isOlderThanItsClient()) {
            askForFirstSlice(starting);
        } else {
            refuse(starting, answer);
        }
    }

    private void refuse(SessionDocument starting, Funding.Answer answer) {
        Refused refused = Refused.of(answer);
        write(starting, (current, _) -> current.refuse(refused), this::notRun);
    }

    /** Changes it only while it is starting and this instance owns it. */
    private void write(
            SessionDocument starting, GuardedWrites.Rule<SessionDocument> rule, Consumer<SessionDocument> then) {
        GuardedWrites.Rule<SessionDocument> mine = (current, now) ->
                current.state() instanceof Starting && isMine(current) ? rule.apply(current, now) : null;
        writes.write(starting, mine, then);
    }

    private void notRun(SessionDocument stored) {
        switch (stored.state()) {
            case Ended ended -> tellEnded(stored, ended);
            case Refused refused when slice.isOlderThanItsClient() -> takeUp(stored);
            case Refused refused -> tellRefused(refused);
            case Starting elsewhere -> finish(c -> c.finish(new Frame.Replaced(), EndReason.REPLACED));
            case Running _, Detached _, Resuming _, Reported _ -> elsewhere();
        }
    }

    private void tellEnded(SessionDocument stored, Ended ended) {
        finish(c -> c.finish(Frame.Ended.of(stored.id(), ended), ended.reason()));
    }

    private void tellRefused(Refused refused) {
        finish(c -> Refusals.tell(c, refused));
    }

    private void unavailable(Throwable fault) {
        CurrentWork.within(
                proposed.origin().startTrace(),
                () -> LOG.infof("Start given up for now: sessionId=%s fault=%s", id(), fault));
        giveUpForNow();
    }

    /** Leaves the document as it is stored. If the key is sent again, the start goes on; else the sweep gives it up. */
    void giveUpForNow() {
        finish(c -> Refusals.tellNotNow(c, slice.mayBeHeld()));
    }

    private void giveUp(ProblemType problem, String detail) {
        finish(c -> Refusals.tell(c, problem, detail));
    }

    private void finish(Consumer<ClientConnection> lastWord) {
        if (over) {
            return;
        }
        over = true;
        client.tell(lastWord);
        outcome.over(this);
    }

    private boolean isMine(SessionDocument document) {
        return document.isOwnedBy(me);
    }
}
