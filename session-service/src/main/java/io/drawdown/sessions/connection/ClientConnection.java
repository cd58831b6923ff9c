package io.drawdown.sessions.connection;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.SocketClient;
import io.drawdown.kit.socket.SocketClient.Surroundings;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.sessions.config.SessionsSettings.ConnectionLimits;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.PauseWish;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of sessions: once it is authenticated, it is bound to one session, or to the start of one. A connection that
 * stays without a session for too long is closed. Its edge calls on the core's thread, in the order of arrival.
 */
public final class ClientConnection {

    /** The roles that may have sessions for any account. Services do not open sockets. */
    public static final Set<String> TRUSTED = Set.of(Role.GATEWAY, Role.OPERATOR);

    private final ConnectionRouter router;
    private final ConnectionLimits limits;
    private final Gate gate;
    private final SocketClient<ClientFrame, Frame> client;

    private @Nullable ConnectionListener listener;

    /** Counts clients. */
    public interface Gate {
        /** It has shown who it is, for the first time or again; it may be turned away. */
        void authenticated(ClientConnection client, Identity identity);

        /** Told once, when nothing goes over this socket any more. */
        void gone(ClientConnection client);
    }

    public ClientConnection(
            ConnectionRouter router,
            SocketPort<Frame> socket,
            Surroundings surroundings,
            ConnectionLimits limits,
            Gate gate) {
        this.router = router;
        this.limits = limits;
        this.gate = gate;
        this.client = new SocketClient<>(socket, surroundings, new Session());
    }

    public long openedNanos() {
        return client.openedNanos();
    }

    /** The context of what the client asks for. */
    public @Nullable TraceContext trace() {
        return client.trace();
    }

    public void opened(@Nullable Identity verified) {
        client.opened(verified);
    }

    /** A frame arrived; a sign of life too. */
    public void frame(ClientFrame frame) {
        client.frame(frame);
    }

    /** A pong arrived, or anything else that only a living client sends. */
    public void signOfLife() {
        if (listener != null) {
            listener.signOfLife();
        }
    }

    /** The socket is closed, by either side. Code 1000 from the client ends its session; after any other it waits. */
    public void closed(int code) {
        client.closed(code);
    }

    /** From now on this connection belongs to that session or start. */
    public void bind(ConnectionListener to) {
        listener = to;
        client.used();
    }

    public void send(Frame frame) {
        client.send(frame);
    }

    public void error(ProblemType problem, String detail) {
        client.error(problem, detail);
    }

    /** Sends the last frame, then closes with the code of the reason. The listener is not told: it knows. */
    public void finish(Frame last, EndReason reason) {
        listener = null;
        client.send(last);
        client.closeAfter(reason);
    }

    private void begin(Consumer<Identity> how) {
        if (listener != null) {
            error(ProblemType.INVALID_REQUEST, "this socket has its session");
            return;
        }
        @Nullable Identity known = client.requireIdentity();
        if (known != null) {
            how.accept(known);
        }
    }

    private void withSession(Consumer<ConnectionListener> action) {
        if (listener == null) {
            error(ProblemType.INVALID_REQUEST, "this socket has no session");
        } else {
            action.accept(listener);
        }
    }

    /** What a client of sessions may say. */
    private final class Session implements SocketClient.Owner<ClientFrame, Frame> {

        @Override
        public @Nullable String tokenOf(ClientFrame frame) {
            return frame instanceof ClientFrame.Authenticate(String token) ? token : null;
        }

        @Override
        public void handle(ClientFrame frame) {
            switch (frame) {
                case ClientFrame.Authenticate _ -> throw new IllegalStateException("a token is not handled here");
                case ClientFrame.Start start -> begin(known -> router.start(ClientConnection.this, known, start));
                case ClientFrame.Resume resume -> begin(known -> router.resume(ClientConnection.this, known, resume));
                case ClientFrame.Pause(boolean release) -> pause(release ? PauseWish.RELEASE : PauseWish.PAUSE);
                case ClientFrame.Continue() -> pause(PauseWish.GO_ON);
                case ClientFrame.End() -> withSession(bound -> bound.endWanted(ClientConnection.this, EndReason.USER));
                case ClientFrame.Ping() -> send(new Frame.Pong());
                case ClientFrame.Unreadable(ProblemType problem, String detail) ->
                    ClientConnection.this.error(problem, detail);
                case ClientFrame.WrongOpening(String detail) ->
                    begin(known -> Refusals.tell(ClientConnection.this, ProblemType.INVALID_REQUEST, detail));
            }
        }

        private void pause(PauseWish wish) {
            withSession(bound -> bound.pauseWanted(ClientConnection.this, wish));
        }

        @Override
        public Frame error(ProblemType problem, String detail) {
            return new Frame.Error(FrameProblem.of(problem, detail));
        }

        @Override
        public void signOfLife() {
            ClientConnection.this.signOfLife();
        }

        @Override
        public void authenticated(Identity identity) {
            gate.authenticated(ClientConnection.this, identity);
            if (listener == null) {
                client.expectUse(limits.idle(), "no session was started");
            }
        }

        @Override
        public void tooSlow() {
            if (listener != null) {
                listener.endWanted(ClientConnection.this, EndReason.TOO_SLOW);
            }
        }

        @Override
        public void gone(int closeCode) {
            if (listener != null) {
                listener.detached(ClientConnection.this, closeCode);
                listener = null;
            }
            gate.gone(ClientConnection.this);
        }
    }
}
