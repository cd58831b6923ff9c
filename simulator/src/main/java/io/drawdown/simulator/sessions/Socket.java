package io.drawdown.simulator.sessions;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One connection between a client and a process. In each direction frames arrive in order, late, or not at all. */
final class Socket implements SocketPort<Frame> {

    static final int BROKEN = 1006;

    private static final long MILLI = 1_000_000;

    private final SimulationContext context;
    private final SessionsProcess server;
    private final ClientActor client;
    private final RandomGenerator random;
    private final Deque<Runnable> untaken = new ArrayDeque<>();
    private @Nullable ClientConnection connection;
    private Watcher.@Nullable Asked asked;
    private ClientFrame.@Nullable Resume returning;
    private long lastToServer;
    private long lastToClient;
    private boolean isDeafServer;
    private boolean isDeafClient;
    private boolean isStuck;
    private boolean isClosedByServer;
    private boolean isClosedByClient;

    Socket(SimulationContext context, SessionsProcess server, ClientActor client, RandomGenerator random) {
        this.context = context;
        this.server = server;
        this.client = client;
        this.random = random;
    }

    Process process() {
        return server.process();
    }

    boolean isClosed() {
        return isClosedByServer || isClosedByClient;
    }

    boolean isClosedByClient() {
        return isClosedByClient;
    }

    void connect(@Nullable Identity identity) {
        server.accepted(this);
        toServer(() -> connection = server.core().opened(this, identity));
    }

    // ---- what the client does ----

    /** The latest start that the client sent over it. */
    Watcher.@Nullable Asked asked() {
        return asked;
    }

    void asks(Watcher.Asked start) {
        asked = start;
    }

    /** The latest attempt to come back that the client sent over it. */
    ClientFrame.@Nullable Resume returning() {
        return returning;
    }

    void asks(ClientFrame.Resume attempt) {
        returning = attempt;
    }

    void say(ClientFrame frame) {
        if (!isClosedByClient) {
            toServer(() -> {
                if (!isClosedByServer && connection != null) {
                    connection.frame(frame);
                }
            });
        }
    }

    void pong() {
        toServer(() -> {
            if (!isClosedByServer && connection != null) {
                connection.signOfLife();
            }
        });
    }

    /** The client closes, or the network between them breaks. */
    void close(int code) {
        if (!isClosedByClient) {
            isClosedByClient = true;
            toServer(() -> closedAtServer(code));
        }
    }

    // ---- what befalls it ----

    /** From now on nothing arrives on that side, and nobody is told. */
    void halfOpen(boolean toServer, boolean toClient) {
        isDeafServer |= toServer;
        isDeafClient |= toClient;
    }

    /** The client's side takes no frames, or takes them again. */
    void stuck(boolean isNow) {
        isStuck = isNow;
        while (!isStuck && !untaken.isEmpty()) {
            server.process().run(untaken.remove());
        }
    }

    void serverDied() {
        isClosedByServer = true;
        toClient(() -> client.closed(this, BROKEN, "server died"));
    }

    // ---- what the server does ----

    @Override
    public Uni<Void> send(Frame frame) {
        return Uni.createFrom().emitter(emitter -> {
            if (isClosed()) {
                emitter.fail(new Unavailable("the socket is closed"));
                return;
            }
            long sent = context.timeline.nanos();
            Runnable taken = () -> {
                toClient(() -> client.heard(this, frame, sent));
                emitter.complete(null);
            };
            if (isStuck) {
                untaken.add(taken);
            } else {
                context.timeline.after(latency() / 4, () -> server.process().run(taken));
            }
        });
    }

    @Override
    public @Nullable TraceContext trace() {
        return null;
    }

    @Override
    public void close(int code, String reason) {
        if (!isClosedByServer) {
            toClient(() -> client.closed(this, code, reason));
            context.counts.count("close " + code + " " + reason);
            server.process().execute(() -> closedAtServer(code));
        }
    }

    private void closedAtServer(int code) {
        if (!isClosedByServer && connection != null) {
            isClosedByServer = true;
            connection.closed(code);
        }
    }

    // ---- the network ----

    private void toServer(Runnable arrival) {
        if (!isDeafServer) {
            lastToServer = Math.max(lastToServer, context.timeline.nanos() + latency());
            context.timeline.after(lastToServer - context.timeline.nanos(), () -> server.process()
                    .run(arrival));
        }
    }

    private void toClient(Runnable arrival) {
        if (!isDeafClient) {
            lastToClient = Math.max(lastToClient, context.timeline.nanos() + latency());
            context.timeline.after(lastToClient - context.timeline.nanos(), arrival);
        }
    }

    private long latency() {
        return random.nextInt(6) == 0 ? random.nextLong(200 * MILLI) : MILLI / 2 + random.nextLong(5 * MILLI);
    }
}
