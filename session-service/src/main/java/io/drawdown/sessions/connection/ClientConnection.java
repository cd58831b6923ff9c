package io.drawdown.sessions.connection;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionsSettings.ConnectionLimits;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.Frame.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client at the other end of a socket: anonymous until a token is verified, then authenticated, then bound to one
 * session (or to the start of one), then gone. A connection that stays anonymous or without a session for too long is
 * closed; so is one that floods or breaks the protocol. Its edge calls on the core's thread, in the order of arrival.
 */
public final class ClientConnection {

    static final int MOST_FRAMES_A_SECOND = 100;
    static final int MOST_ERRORS = 20;
    static final int MOST_BUFFERED = 8;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final ConnectionRouter router;
    private final Authenticator authenticator;
    private final Time time;
    private final ResettableTimer deadline;
    private final ConnectionLimits limits;
    private final Runnable whenGone;
    private final SocketPort socket;
    private final SendQueue queue;
    private final Deque<ClientFrame> buffered = new ArrayDeque<>();

    private @Nullable Identity identity;
    private @Nullable ConnectionListener listener;
    private boolean gone;
    private boolean verifying;
    private int errors;
    private int framesThisSecond;
    private final long openedNanos;
    private long secondNanos;

    /** @param whenGone told once, when nothing goes over this socket any more */
    public ClientConnection(
            ConnectionRouter router,
            SocketPort socket,
            Authenticator authenticator,
            Time time,
            Scheduler scheduler,
            ConnectionLimits limits,
            Runnable whenGone) {
        this.router = router;
        this.authenticator = authenticator;
        this.time = time;
        this.deadline = new ResettableTimer(scheduler);
        this.limits = limits;
        this.whenGone = whenGone;
        this.socket = socket;
        this.queue = new SendQueue(socket, scheduler, this::tooSlow);
        this.openedNanos = time.nanos();
        this.secondNanos = openedNanos;
    }

    public long openedNanos() {
        return openedNanos;
    }

    /** The context of what the client asks for. */
    public @Nullable TraceContext trace() {
        return socket.trace();
    }

    public void opened(@Nullable Identity verified) {
        if (verified == null) {
            deadline.set(limits.authenticationWithin(), this::staysAnonymous);
        } else {
            verified(Optional.of(verified));
        }
    }

    /** A frame arrived; a sign of life too. */
    public void frame(ClientFrame frame) {
        if (gone) {
            return;
        }
        countFrame();
        if (framesThisSecond > MOST_FRAMES_A_SECOND) {
            error(ProblemType.RATE_LIMITED, "at most " + MOST_FRAMES_A_SECOND + " frames a second");
            closeAfter(EndReason.RATE_LIMITED);
            return;
        }
        signOfLife();
        if (verifying) {
            buffer(frame);
        } else {
            handle(frame);
        }
    }

    private void handle(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Authenticate(String token) -> authenticate(token);
            case ClientFrame.Start start -> begin(known -> router.start(this, known, start));
            case ClientFrame.Resume resume -> begin(known -> router.resume(this, known, resume));
            case ClientFrame.End() -> end();
            case ClientFrame.Ping() -> send(new Frame.Pong());
            case ClientFrame.Unreadable(ProblemType problem, String detail) -> error(problem, detail);
        }
    }

    /** A pong arrived, or anything else that only a living client sends. */
    public void signOfLife() {
        if (listener != null) {
            listener.signOfLife();
        }
    }

    /** The socket is closed, by either side. Code 1000 from the client ends its session; after any other it waits. */
    public void closed(int code) {
        queue.dropped();
        leave(code);
    }

    /** From now on this connection belongs to that session or start. */
    public void bind(ConnectionListener to) {
        listener = to;
        deadline.cancel();
    }

    public void send(Frame frame) {
        queue.send(frame);
    }

    public void error(ProblemType problem, String detail) {
        send(new Frame.Error(Problem.of(problem, detail)));
        if (++errors >= MOST_ERRORS) {
            closeAfter(EndReason.POLICY);
        }
    }

    /** Sends the last frame, then closes with the code of the reason. The listener is not told: it knows. */
    public void finish(Frame last, EndReason reason) {
        listener = null;
        queue.send(last);
        closeAfter(reason);
    }

    private void closeAfter(EndReason reason) {
        queue.closeAfter(reason);
        leave(reason.closeCode());
    }

    /** Once, whichever side closes first. */
    private void leave(int code) {
        if (gone) {
            return;
        }
        gone = true;
        deadline.cancel();
        if (listener != null) {
            listener.detached(this, code);
            listener = null;
        }
        whenGone.run();
    }

    private void tooSlow() {
        if (listener != null) {
            listener.endWanted(this, EndReason.TOO_SLOW);
        }
        leave(EndReason.TOO_SLOW.closeCode());
    }

    private void authenticate(String token) {
        verifying = true;
        authenticator
                .verify(token)
                .subscribe()
                .with(known -> handleBuffered(() -> verified(known)), fault -> handleBuffered(this::notVerified));
    }

    /** A client need not wait until its token is verified: its frames are handled afterwards. */
    private void buffer(ClientFrame frame) {
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
            authenticated(verified.get());
        }
    }

    private void authenticated(Identity verified) {
        identity = verified;
        deadline.cancel();
        if (listener == null) {
            deadline.set(limits.idle(), this::staysIdle);
        }
    }

    /** Exactly: the tolerance that verifying grants to other clocks does not count here. */
    private boolean isCurrent(Identity known) {
        return time.now().isBefore(known.validUntil());
    }

    private void begin(Consumer<Identity> how) {
        Identity known = identity;
        if (listener != null) {
            error(ProblemType.INVALID_REQUEST, "this socket has its session");
        } else if (known == null || !isCurrent(known)) {
            error(ProblemType.UNAUTHENTICATED, "authenticate first");
            closeAfter(EndReason.UNAUTHENTICATED);
        } else {
            how.accept(known);
        }
    }

    private void end() {
        if (listener == null) {
            error(ProblemType.INVALID_REQUEST, "this socket has no session");
        } else {
            listener.endWanted(this, EndReason.USER);
        }
    }

    private void staysAnonymous() {
        error(ProblemType.UNAUTHENTICATED, "no valid token came");
        closeAfter(EndReason.UNAUTHENTICATED);
    }

    private void staysIdle() {
        error(ProblemType.INVALID_REQUEST, "no session was started");
        closeAfter(EndReason.IDLE);
    }

    private void countFrame() {
        long now = time.nanos();
        if (now - secondNanos >= SECOND_NANOS) {
            secondNanos = now;
            framesThisSecond = 0;
        }
        framesThisSecond++;
    }
}
