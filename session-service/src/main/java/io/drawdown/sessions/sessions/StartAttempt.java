package io.drawdown.sessions.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.sessions.sessions.SessionDocument.Owner;
import io.drawdown.sessions.sessions.SessionState.Ended;
import io.drawdown.sessions.sessions.SessionState.Refused;
import io.drawdown.sessions.sessions.SessionState.Resuming;
import io.drawdown.sessions.sessions.SessionState.Running;
import io.drawdown.sessions.sessions.SessionState.Starting;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One session on its way from a {@code start} frame to running, refused, or given up for now: store it, ask for the
 * first slice, store what came of it, and only then serve. Each step may be repeated by a later attempt under the same
 * start key, for the hold is asked for under a key of its own; what is left behind the sweep ends at total 0.
 */
final class StartAttempt implements ClientConnection.Attendant {

    /** What becomes of it; each is told once, at the end. */
    interface Outcome {
        void live(StartAttempt attempt, LiveSession session);

        /** What became live is over. */
        void closed(LiveSession session);

        void over(StartAttempt attempt);

        /** It runs in name only: nobody serves it. */
        void orphaned(SessionDocument document);
    }

    private static final Logger LOG = Logger.getLogger(StartAttempt.class);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);
    private static final int MOST_WRITES = 20;

    private final SessionDocument proposed;
    private final SessionStore store;
    private final Owning owning;
    private final Outcome outcome;
    private @Nullable ClientConnection client;
    private boolean endWanted;
    private boolean over;

    StartAttempt(SessionDocument proposed, SessionStore store, Owning owning, Outcome outcome) {
        this.proposed = proposed;
        this.store = store;
        this.owning = owning;
        this.outcome = outcome;
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
        return client;
    }

    boolean isEndWanted() {
        return endWanted;
    }

    void attach(ClientConnection next) {
        if (client != null) {
            client.finish(new Frame.Replaced(), EndReason.REPLACED);
        }
        client = next;
        next.bind(this);
    }

    void begin() {
        store.insert(proposed)
                .onFailure(OutcomeUnknown.class)
                .recoverWithItem(false)
                .subscribe()
                .with(this::stored, this::unavailable);
    }

    /** This incarnation may not write any more. */
    void fenced() {
        giveUp(ProblemType.UNAVAILABLE, "this instance restarts; start again");
    }

    @Override
    public void signOfLife() {}

    @Override
    public void endWanted(ClientConnection by, EndReason reason) {
        endWanted = true;
    }

    @Override
    public void detached(ClientConnection from, int closeCode) {
        if (client == from) {
            client = null;
            endWanted |= closeCode == EndReason.USER.closeCode();
        }
    }

    private void stored(boolean inserted) {
        if (inserted) {
            askForFirstSlice(proposed);
        } else {
            store.get(id()).subscribe().with(this::found, this::unavailable);
        }
    }

    /** The id is taken: the same start was sent before, or the first write is not there after all. */
    private void found(Optional<SessionDocument> stored) {
        if (stored.isEmpty()) {
            giveUp(ProblemType.UNAVAILABLE, "the start could not be stored; send it again");
            return;
        }
        SessionDocument there = stored.get();
        if (!isFor(there.origin().requestHash())) {
            giveUp(ProblemType.IDEMPOTENCY_KEY_REUSED, "this start key was used for another start");
            return;
        }
        switch (there.state()) {
            case Starting s when isMine(there) -> askForFirstSlice(there);
            case Starting s -> giveUp(ProblemType.UNAVAILABLE, "another instance starts it; send it again");
            case Running r -> orphan(there);
            case Resuming r -> giveUp(ProblemType.UNAVAILABLE, "it is being taken over; send it again");
            case Ended ended -> tellEnded(there, ended);
            case Refused refused -> tellRefused(refused);
        }
    }

    private void orphan(SessionDocument there) {
        giveUp(ProblemType.UNAVAILABLE, "another instance has it; send it again");
        if (isMine(there)) {
            outcome.orphaned(there);
        }
    }

    private void askForFirstSlice(SessionDocument starting) {
        Funding.Start start = new Funding.Start(accountId(), starting.origin().kind());
        Uni.createFrom()
                .deferred(() -> owning.credits().start(id(), start))
                .subscribe()
                .with(answer -> answered(starting, answer), this::unavailable);
    }

    private void answered(SessionDocument starting, Funding.Answer answer) {
        boolean isHeld = answer.hold() != null && answer.account() != null;
        switch (answer.outcome()) {
            case FUNDED, ENDING, EXHAUSTED, SUSPENDED -> {
                if (isHeld) {
                    run(starting, answer, owning.machinery().tokens().get());
                } else {
                    unavailable(new IllegalStateException("a start was answered without its hold"));
                }
            }
            case REFUSED -> refuse(starting, answer);
            case ENDED, STALE, CANCELLED, RELEASED ->
                write(starting, now -> now.end(EndReason.ABANDONED, 0, now()), this::notRun);
        }
    }

    private void run(SessionDocument starting, Funding.Answer answer, String token) {
        String hash = SessionIds.tokenHash(token);
        write(starting, now -> now.run(Objects.requireNonNull(answer.hold()).rate(), hash, now()), stored -> {
            if (stored.state() instanceof Running && isMine(stored)) {
                over = true;
                outcome.live(this, new LiveSession(stored, answer, token, owning, outcome::closed));
            } else {
                notRun(stored);
            }
        });
    }

    private void refuse(SessionDocument starting, Funding.Answer answer) {
        ProblemType problem = answer.problem() == null ? ProblemType.INTERNAL : answer.problem();
        Refused refused = answer.account() == null
                ? new Refused(problem, answer.creditsRequired(), null, null, null)
                : new Refused(
                        problem,
                        answer.creditsRequired(),
                        answer.account().available(),
                        answer.account().held(),
                        answer.account().seq());
        write(starting, now -> now.refuse(refused), this::notRun);
    }

    /** While it is starting and mine; what else it is then, it is. */
    private void write(SessionDocument starting, GuardedWrites.Rule rule, Consumer<SessionDocument> then) {
        GuardedWrites.Rule guarded = now -> now.state() instanceof Starting && isMine(now) ? rule.apply(now) : null;
        writeAgain(starting, guarded, then, MOST_WRITES);
    }

    private void writeAgain(
            SessionDocument starting, GuardedWrites.Rule rule, Consumer<SessionDocument> then, int left) {
        owning.writes()
                .change(starting, rule)
                .subscribe()
                .with(
                        stored -> {
                            if (!over) {
                                then.accept(stored);
                            }
                        },
                        fault -> {
                            if (over || left == 0) {
                                unavailable(fault);
                            } else {
                                owning.machinery()
                                        .scheduler()
                                        .after(WRITE_AGAIN, () -> writeAgain(starting, rule, then, left - 1));
                            }
                        });
    }

    private void notRun(SessionDocument stored) {
        switch (stored.state()) {
            case Ended ended -> tellEnded(stored, ended);
            case Refused refused -> tellRefused(refused);
            case SessionState.Open open -> giveUp(ProblemType.UNAVAILABLE, "another instance has it; send it again");
        }
    }

    private void tellEnded(SessionDocument stored, Ended ended) {
        finish(c -> c.finish(Frame.Ended.of(stored.id(), ended), ended.reason()));
    }

    private void tellRefused(Refused refused) {
        finish(c -> Refusals.tell(c, refused));
    }

    private void unavailable(Throwable fault) {
        LOG.infof("Session %s could not start now: %s", id(), fault);
        giveUp(ProblemType.UNAVAILABLE, "nothing was decided; send it again with the same start key");
    }

    private void giveUp(ProblemType problem, String detail) {
        finish(c -> Refusals.tell(c, problem, detail));
    }

    private void finish(Consumer<ClientConnection> lastWord) {
        if (over) {
            return;
        }
        over = true;
        if (client != null) {
            lastWord.accept(client);
        }
        outcome.over(this);
    }

    private boolean isMine(SessionDocument document) {
        Owner owner = proposed.owner();
        return document.isOwnedBy(owner);
    }

    private Instant now() {
        return owning.machinery().time().now();
    }
}
