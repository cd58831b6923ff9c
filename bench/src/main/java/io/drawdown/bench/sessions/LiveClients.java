package io.drawdown.bench.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.cli.tokens.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens sockets to session-service, each with the token of its account's user. */
final class LiveClients {

    private static final String KIND = "live_dubbing";
    private static final int MOST_SOCKETS = 20_000;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int AT_ONCE = 32;
    private static final int TOLD_EVERY = 2_000;

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
        return open(account, stack.liveSessions().getPort(), LiveClient.start(KIND, "bench"));
    }

    /** Begins one for each account, as many as can be begun in this time; those that began, in no order. */
    List<LiveClient> startAll(Accounts accounts, Duration atMost) {
        Queue<LiveClient> begun = new ConcurrentLinkedQueue<>();
        AtomicInteger count = new AtomicInteger();
        Bulk.tryAll(accounts.count(), AT_ONCE, atMost, number -> {
            LiveClient client = start(accounts.id(number));
            return client.begun().thenRun(() -> {
                begun.add(client);
                tell(count.incrementAndGet(), accounts.count());
            });
        });
        return List.copyOf(begun);
    }

    private static void tell(int begun, int all) {
        if (begun % TOLD_EVERY == 0 && begun < all) {
            System.err.printf(Locale.ROOT, "  %,d of %,d sessions are begun%n", begun, all);
        }
    }

    /** Opens a socket at that port and says this first. */
    LiveClient open(String account, int port, ObjectNode first) {
        prepare(account);
        URI address = stack.liveSessions();
        WebSocketConnectOptions handshake = new WebSocketConnectOptions()
                .setHost(address.getHost())
                .setPort(port)
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
