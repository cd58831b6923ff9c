package io.drawdown.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A real server of sockets that does what the test says, and nothing else. */
final class ScriptedServer implements AutoCloseable {

    static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final HttpServer server;

    ScriptedServer() {
        server = vertx.createHttpServer()
                .requestHandler(this::upgrade)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void upgrade(HttpServerRequest request) {
        if (refusals.get() > 0) {
            refusals.decrementAndGet();
            refused.incrementAndGet();
            request.response().setStatusCode(503).end();
        } else {
            request.toWebSocket().onSuccess(socket -> peers.add(new Peer(socket)));
        }
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/api/v1/live/sessions");
    }

    /** Answers the next handshakes with 503. */
    void refuse(int handshakes) {
        refusals.set(handshakes);
    }

    int refused() {
        return refused.get();
    }

    /** The next client that connects. */
    Peer next() {
        try {
            Peer peer = peers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(peer).as("a client that connects").isNotNull();
            return peer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean hasNext() {
        return !peers.isEmpty();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The other end of a client's socket. */
    static final class Peer {

        private final ServerWebSocket socket;
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        Peer(ServerWebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(frames::add);
            socket.closeHandler(
                    gone -> closed.complete(socket.closeStatusCode() == null ? 1006 : (int) socket.closeStatusCode()));
        }

        /** The next frame of the client that tells more than its token. */
        JsonNode frame() {
            try {
                String text = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(text).as("a frame of the client").isNotNull();
                JsonNode frame = Json.parse(text);
                return frame.path("type").asText().equals("authenticate") ? frame() : frame;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Peer send(String frame) {
            socket.writeTextMessage(frame)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return this;
        }

        /** As {@link #send}; the client may have left. */
        void trySend(String frame) {
            socket.writeTextMessage(frame);
        }

        void close(int code) {
            socket.close((short) code);
        }

        /** The connection breaks, without a word. */
        void kill() {
            var unused = ((WebSocketInternal) socket).channelHandlerContext().close();
        }

        /** The code with which the client closed; 1006 if it broke the connection. */
        int closedWith() {
            return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
    }
}
