package io.drawdown.kit.socket;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client at the other end of a socket: anonymous until a token is verified, then authenticated, then gone. A client that
 * stays anonymous for too long is turned away; so is one that floods or breaks the protocol. Its edge calls on the core's
 * thread, in the order of arrival.
 *
 * @param <I> the frames that come in
 * @param <O> the frames that go out
 */
public final class SocketClient<I, O extends SocketFrame> {

    public static final int MOST_FRAMES_A_SECOND = 100;
    public static final int MOST_ERRORS = 20;
    public static final int MOST_BUFFERED = 8;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Surroundings surroundings;
    private final ResettableTimer deadline;
    private final ResettableTimer idle;
    private final Owner<I, O> owner;
    private final SocketPort<O> socket;
    private final SendQueue<O> queue;
    private final Deque<I> buffered = new ArrayDeque<>();

    private @Nullable Identity identity;
    private boolean gone;
    private boolean verifying;
    private int errors;
    private int framesThisSecond;
    private final long openedNanos;
    private long secondNanos;

    /**
     * What a client needs around it.
     *
     * @param authenticationWithin how long it may stay anonymous
     */
    public record Surroundings(
            Authenticator authenticator, Time time, Scheduler scheduler, Duration authenticationWithin) {}

    /** What the service makes of a client. */
    public interface Owner<I, O> {

        /** The token, if the frame is one that authenticates. */
        @Nullable
        String tokenOf(I frame);

        /** Any other frame. */
        void handle(I frame);

        /** The frame that tells a problem. */
        O error(ProblemType problem, String detail);

        /** Anything arrived that only a living client sends. */
        void signOfLife();

        /** A valid token was shown, for the first time or again. */
        void authenticated(Identity identity);

        /** The client does not read what it is sent; its socket is closed. {@link #gone} follows. */
        void tooSlow();

        /** Nothing goes over this socket any more. Called once. */
        void gone(int closeCode);
    }

    public SocketClient(SocketPort<O> socket, Surroundings surroundings, Owner<I, O> owner) {
        this.surroundings = surroundings;
        this.owner = owner;
        this.socket = socket;
        this.deadline = new ResettableTimer(surroundings.scheduler());
        this.idle = new ResettableTimer(surroundings.scheduler());
        this.queue = new SendQueue<>(socket, surroundings.scheduler(), this::tooSlow);
        this.openedNanos = surroundings.time().nanos();
        this.secondNanos = openedNanos;
    }

    public long openedNanos() {
        return openedNanos;
    }

    /** The context of what the client asks for. */
    public @Nullable TraceContext trace() {
        return socket.trace();
    }

    /** @param verified null: the client has shown no token yet */
    public void opened(@Nullable Identity verified) {
        if (verified == null) {
            deadline.set(surroundings.authenticationWithin(), this::staysAnonymous);
        } else {
            verified(Optional.of(verified));
        }
    }

    /** A frame arrived; a sign of life too. */
    public void frame(I frame) {
        if (gone) {
            return;
        }
        countFrame();
        if (framesThisSecond > MOST_FRAMES_A_SECOND) {
            turnAway(
                    ProblemType.RATE_LIMITED,
                    "at most " + MOST_FRAMES_A_SECOND + " frames a second",
                    EndReason.RATE_LIMITED);
            return;
        }
        owner.signOfLife();
        if (verifying) {
            buffer(frame);
        } else {
            handle(frame);
        }
    }

    private void handle(I frame) {
        @Nullable String token = owner.tokenOf(frame);
        if (token == null) {
            owner.handle(frame);
        } else {
            authenticate(token);
        }
    }

    /** The socket is closed, by either side. */
    public void closed(int code) {
        queue.dropped();
        leave(code);
    }

    public void send(O frame) {
        queue.send(frame);
    }

    /** Frames that were sent and are not on their way yet. */
    public int waiting() {
        return queue.waiting();
    }

    /** Tells a problem; the client is closed after too many. */
    public void error(ProblemType problem, String detail) {
        send(owner.error(problem, detail));
        if (++errors >= MOST_ERRORS) {
            closeAfter(EndReason.POLICY);
        }
    }

    /** Tells a problem, then closes. */
    public void turnAway(ProblemType problem, String detail, EndReason reason) {
        error(problem, detail);
        closeAfter(reason);
    }

    /** It is turned away unless it does what it came for within that time; a later call does not prolong that. */
    public void expectUse(Duration within, String otherwise) {
        if (!gone && !idle.isSet()) {
            idle.set(within, () -> turnAway(ProblemType.INVALID_REQUEST, otherwise, EndReason.IDLE));
        }
    }

    /** It does what it came for. */
    public void used() {
        idle.cancel();
    }

    /** Sends what waits, then closes with the code of the reason. */
    public void closeAfter(EndReason reason) {
        queue.closeAfter(reason);
        leave(reason.closeCode());
    }

    /** Once, whichever side closes first. */
    private void leave(int code) {
        if (!gone) {
            gone = true;
            deadline.cancel();
            idle.cancel();
            owner.gone(code);
        }
    }

    public boolean isGone() {
        return gone;
    }

    private void tooSlow() {
        owner.tooSlow();
        leave(EndReason.TOO_SLOW.closeCode());
    }

    /** The client, if its token is valid at this moment; null if it is not, and it is turned away. */
    public @Nullable Identity requireIdentity() {
        Identity known = identity;
        if (known == null || !isCurrent(known)) {
            turnAway(ProblemType.UNAUTHENTICATED, "authenticate first", EndReason.UNAUTHENTICATED);
            return null;
        }
        return known;
    }

    private void authenticate(String token) {
        verifying = true;
        surroundings
                .authenticator()
                .verify(token)
                .subscribe()
                .with(known -> handleBuffered(() -> verified(known)), fault -> handleBuffered(this::notVerified));
    }

    /** A client need not wait until its token is verified: its frames are handled afterwards. */
    private void buffer(I frame) {
        if (buffered.size() < MOST_BUFFERED) {
            buffered.add(frame);
        } else {
            error(ProblemType.INVALID_REQUEST, "a token is being verified");
        }
    }

    private void handleBuffered(Runnable first) {
        verifying = false;
        first.run();
        while (!buffered.isEmpty() && !verifying && !gone) {
            handle(buffered.remove());
        }
    }

    private void notVerified() {
        error(ProblemType.UNAVAILABLE, "the token could not be verified");
    }

    private void verified(Optional<Identity> verified) {
        if (gone) {
            return;
        }
        if (verified.filter(this::isCurrent).isEmpty()) {
            error(ProblemType.UNAUTHENTICATED, "the token is not valid");
            if (identity == null) {
                closeAfter(EndReason.UNAUTHENTICATED);
            }
        } else if (identity != null && !identity.subject().equals(verified.get().subject())) {
            error(ProblemType.FORBIDDEN, "a token of another subject cannot replace the first");
        } else {
            identity = verified.get();
            deadline.cancel();
            owner.authenticated(verified.get());
        }
    }

    /** Exactly: the tolerance that verifying grants to other clocks does not count here. */
    private boolean isCurrent(Identity known) {
        return surroundings.time().now().isBefore(known.validUntil());
    }

    private void staysAnonymous() {
        turnAway(ProblemType.UNAUTHENTICATED, "no valid token came", EndReason.UNAUTHENTICATED);
    }

    private void countFrame() {
        long now = surroundings.time().nanos();
        if (now - secondNanos >= SECOND_NANOS) {
            secondNanos = now;
            framesThisSecond = 0;
        }
        framesThisSecond++;
    }
}
