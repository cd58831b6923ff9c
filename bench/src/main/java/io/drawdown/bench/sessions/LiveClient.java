package io.drawdown.bench.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One socket and the session on it, with the moments at which its frames came. Safe for use by several threads. */
final class LiveClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final short NO_CODE = 1006;

    /** With the usual code, 1000, a client ends its session. */
    private static final short GOING_AWAY = 1001;

    private final String account;
    private final CompletableFuture<Arrival> begun = new CompletableFuture<>();
    private final CompletableFuture<Arrival> ended = new CompletableFuture<>();
    private final CompletableFuture<Arrival> known = new CompletableFuture<>();
    private final CompletableFuture<Closing> closed = new CompletableFuture<>();
    private final List<BalanceWait> balances = new ArrayList<>();
    private long balanceSeq;
    private long balanceNanos;
    private @Nullable WebSocket socket;

    /** @param nanos when it came, of {@link System#nanoTime} */
    record Arrival(long nanos, JsonNode frame) {

        String text(String field) {
            return frame.path(field).asText();
        }
    }

    record Closing(long nanos, int code) {}

    private record BalanceWait(long seq, CompletableFuture<Long> nanos) {}

    LiveClient(String account) {
        this.account = account;
    }

    /** The frames of this socket are for this client from now on; the socket is not connected yet. */
    LiveClient listen(ClientWebSocket unconnected) {
        unconnected.textMessageHandler(this::receive);
        unconnected.exceptionHandler(broken -> {
            // The close handler runs as well.
        });
        unconnected.closeHandler(gone -> {
            int code = unconnected.closeStatusCode() == null ? NO_CODE : unconnected.closeStatusCode();
            closed.complete(new Closing(System.nanoTime(), code));
            fail("the socket was closed with " + code);
        });
        return this;
    }

    void fail(String why) {
        IllegalStateException fault = new IllegalStateException(account + ": " + why);
        begun.completeExceptionally(fault);
        ended.completeExceptionally(fault);
        known.completeExceptionally(fault);
        closed.completeExceptionally(fault);
    }

    synchronized void connected(WebSocket open) {
        socket = open;
    }

    private void receive(String text) {
        Arrival arrival = new Arrival(System.nanoTime(), parse(text));
        switch (arrival.text("type")) {
            case "started", "resumed" -> {
                begun.complete(arrival);
                known.complete(arrival);
            }
            case "balance" ->
                balance(arrival.nanos(), arrival.frame().path("seq").asLong());
            case "ended" -> {
                begun.completeExceptionally(new IllegalStateException("the session has ended"));
                ended.complete(arrival);
                known.complete(arrival);
            }
            case "refused", "error", "restarting" -> fail(text);
            default -> {
                // The others say nothing that is measured.
            }
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    private synchronized void balance(long nanos, long seq) {
        balanceSeq = seq;
        balanceNanos = nanos;
        balances.removeIf(wait -> wait.seq() <= seq && wait.nanos().complete(nanos));
    }

    /** Completes with the moment at which this balance, or a later one, came. */
    synchronized CompletableFuture<Long> balance(long seq) {
        if (balanceSeq >= seq) {
            return CompletableFuture.completedFuture(balanceNanos);
        }
        BalanceWait wait = new BalanceWait(seq, new CompletableFuture<>());
        balances.add(wait);
        return wait.nanos();
    }

    String account() {
        return account;
    }

    /** The session runs on this socket. Fails if it does not. */
    CompletableFuture<Arrival> begun() {
        return begun;
    }

    CompletableFuture<Arrival> ended() {
        return ended;
    }

    /** The session runs on this socket, or has ended. Fails if the socket told neither. */
    CompletableFuture<Arrival> known() {
        return known;
    }

    CompletableFuture<Closing> closed() {
        return closed;
    }

    /** Asks for the end of the session. */
    CompletableFuture<Arrival> end() {
        send(frame("end"));
        return ended;
    }

    static ObjectNode start(String kind, String key) {
        return frame("start").put("kind", kind).put("start_key", key);
    }

    static ObjectNode resume(String session, String token, String nextHash, long attempt) {
        return frame("resume")
                .put("session_id", session)
                .put("resume_token", token)
                .put("next_hash", nextHash)
                .put("attempt", attempt);
    }

    /** Leaves the socket; the session goes on. */
    synchronized void leave() {
        if (socket != null && !closed.isDone()) {
            socket.close(GOING_AWAY);
        }
    }

    private static ObjectNode frame(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    synchronized void send(ObjectNode frame) {
        if (socket == null) {
            fail("the socket is not open");
        } else {
            socket.writeTextMessage(frame.toString());
        }
    }
}
