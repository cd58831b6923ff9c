package io.drawdown.bench.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.cli.tokens.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens sockets to session-service, each with the token of its account's user. */
final class LiveClients {

    private static final String KIND = "live_dubbing";
    private static final int MOST_SOCKETS = 20_000;
    private static final int PATIENCE_MILLIS = 10_000;

    private final BenchStack stack;
    private final WebSocketClient sockets;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    LiveClients(Vertx vertx, BenchStack stack) {
        this.stack = stack;
        sockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(MOST_SOCKETS).setConnectTimeout(PATIENCE_MILLIS));
    }

    /** Signs the token of this account before it is needed, so that it is not measured. */
    void prepare(String account) {
        tokens.computeIfAbsent(account, subject -> stack.token(Role.USER, subject));
    }

    /** Begins a session of 1 credit per second. */
    LiveClient start(String account) {
        return open(account, LiveClient.start(KIND, "bench"));
    }

    /** Goes on with a session over a new socket. */
    LiveClient resume(String account, LiveClient.Arrival earlier) {
        return open(account, LiveClient.resume(earlier));
    }

    private LiveClient open(String account, ObjectNode first) {
        prepare(account);
        URI address = stack.liveSessions();
        WebSocketConnectOptions handshake = new WebSocketConnectOptions()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI(address.getPath())
                .setAllowOriginHeader(false);
        handshake.putHeader("Authorization", "Bearer " + tokens.get(account));
        ClientWebSocket socket = sockets.webSocket();
        LiveClient client = new LiveClient(account).listen(socket);
        socket.connect(handshake)
                .onSuccess(open -> {
                    client.connected(open);
                    client.send(first);
                })
                .onFailure(fault -> client.fail(String.valueOf(fault.getMessage())));
        return client;
    }
}
