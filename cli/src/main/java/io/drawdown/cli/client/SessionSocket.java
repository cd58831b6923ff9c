package io.drawdown.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One socket to session-service. Frames arrive on a thread of the HTTP client, one at a time, in order. */
public final class SessionSocket implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final WebSocket socket;
    private final CompletableFuture<Closed> closed;

    private SessionSocket(WebSocket socket, CompletableFuture<Closed> closed) {
        this.socket = socket;
        this.closed = closed;
    }

    /**
     * Connects with the token in a header.
     *
     * @param address e.g. {@code ws://localhost:8102/api/v1/live/sessions}
     * @param onFrame gets every frame as it comes
     */
    public static SessionSocket connect(URI address, String token, Consumer<JsonNode> onFrame) {
        Inbox inbox = new Inbox(onFrame);
        WebSocket socket = CLIENT.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token)
                .buildAsync(address, inbox)
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
        return new SessionSocket(socket, inbox.closed);
    }

    public void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Completes when the other side has closed, with its code; fails when the connection broke. */
    public CompletableFuture<Closed> closed() {
        return closed;
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(2, TimeUnit.SECONDS)
                    .exceptionally(e -> socket);
        }
    }

    /** How the other side closed. */
    public record Closed(int code, String reason) {}

    private static final class Inbox implements WebSocket.Listener {
        private final Consumer<JsonNode> onFrame;
        private final StringBuilder partial = new StringBuilder();
        private final CompletableFuture<Closed> closed = new CompletableFuture<>();

        Inbox(Consumer<JsonNode> onFrame) {
            this.onFrame = onFrame;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                onFrame.accept(Api.parse(text));
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
