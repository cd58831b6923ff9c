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
import org.jspecify.annotations.Nullable;

/** Lets sockets in and bounds how many there are. */
public final class Connections {

    private final ConnectionRouter router;
    private final Surroundings surroundings;
    private final ConnectionLimits limits;
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
    }

    /** @param identity null: the client has shown no token yet */
    public ClientConnection open(SocketPort<Frame> socket, @Nullable Identity identity) {
        ClientConnection client = new ClientConnection(router, socket, surroundings, limits, () -> open--);
        open++;
        if (stopping) {
            Refusals.tell(client, ProblemType.UNAVAILABLE, "this instance stops");
        } else if (open > limits.most()) {
            Refusals.tell(client, ProblemType.RATE_LIMITED, "this instance has as many connections as it may have");
        } else {
            client.opened(identity);
        }
        return client;
    }

    public int open() {
        return open;
    }

    /** From now on a client is told that this instance stops. */
    public void stop() {
        stopping = true;
    }
}
