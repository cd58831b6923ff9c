package io.drawdown.sessions.start;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.socket.Authenticator;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.SocketClient.Surroundings;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionsSettings.ConnectionLimits;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.ConnectionRouter;
import io.drawdown.sessions.connection.Refusals;
import io.drawdown.sessions.protocol.Frame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets sockets in and bounds how many there are. */
public final class Connections {

    private static final Duration FULL = Duration.ofSeconds(1);

    private final ConnectionRouter router;
    private final Surroundings surroundings;
    private final ConnectionLimits limits;
    private final AccountSockets sockets;
    private final Time time;
    private int open;
    private boolean stopping;

    /** @param router where a client that wants a session goes */
    public Connections(
            ConnectionRouter router,
            Authenticator authenticator,
            Time time,
            Scheduler scheduler,
            ConnectionLimits limits) {
        this.router = router;
        this.surroundings = new Surroundings(authenticator, time, scheduler, limits.authenticationWithin());
        this.limits = limits;
        this.sockets = new AccountSockets(limits);
        this.time = time;
    }

    /** @param identity null: the client has shown no token yet */
    public ClientConnection open(SocketPort<Frame> socket, @Nullable Identity identity) {
        ClientConnection client = new ClientConnection(router, socket, surroundings, limits, new Gate());
        open++;
        if (stopping) {
            Refusals.tell(client, ProblemType.UNAVAILABLE, "this instance stops");
        } else if (open > limits.most()) {
            Refusals.tellTooMany(client, "this instance has as many connections as it may have", FULL);
        } else {
            client.opened(identity);
        }
        return client;
    }

    public int open() {
        return open;
    }

    /** What becomes of one socket. */
    private final class Gate implements ClientConnection.Gate {

        @Override
        public void authenticated(ClientConnection client, Identity identity) {
            Duration wait = sockets.admit(client, identity, time.nanos());
            if (wait.isPositive()) {
                Refusals.tellTooMany(client, "the account has or opens too many sockets here", wait);
            }
        }

        @Override
        public void gone(ClientConnection client) {
            open--;
            sockets.gone(client);
        }
    }

    /** From now on a client is told that this instance stops. */
    public void stop() {
        stopping = true;
    }
}
