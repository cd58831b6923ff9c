package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Takes one session to whatever instance the test says, each time over a new socket. It names its tokens itself, has no
 * timers, and closes no socket: what becomes of the earlier ones is the service's to say.
 */
final class RoamingClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 40;

    private final String token;
    private final String account;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private String sessionId = "";
    private long attempt;

    RoamingClient(String token, String account) {
        this.token = token;
        this.account = account;
    }

    /** Returns when the session runs. */
    Socket start(URI instance) {
        Socket socket = open(
                instance,
                JSON.createObjectNode()
                        .put("type", "start")
                        .put("kind", "live_dubbing")
                        .put("account", account)
                        .put("start_key", "only")
                        .put("next_hash", hash(resumeToken(0))));
        sessionId = socket.await("started").path("session_id").asText();
        return socket;
    }

    /** Returns when the session goes on there. */
    Socket hop(URI instance) {
        attempt++;
        Socket socket = open(
                instance,
                JSON.createObjectNode()
                        .put("type", "resume")
                        .put("session_id", sessionId)
                        .put("resume_token", resumeToken(attempt - 1))
                        .put("next_hash", hash(resumeToken(attempt)))
                        .put("attempt", attempt));
        socket.await("resumed");
        return socket;
    }

    private Socket open(URI instance, ObjectNode first) {
        Socket socket = new Socket();
        WebSocket open = HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(instance, socket)
                .join();
        socket.open = open;
        sockets.add(socket);
        socket.say(first);
        return socket;
    }

    String account() {
        return account;
    }

    String sessionId() {
        return sessionId;
    }

    /** Of all its sockets, in the order in which these were opened. */
    List<JsonNode> frames() {
        return sockets.stream().flatMap(socket -> socket.frames.stream()).toList();
    }

    /** The frames of that type. */
    Stream<JsonNode> frames(String type) {
        return frames().stream().filter(frame -> frame.path("type").asText().equals(type));
    }

    private String resumeToken(long number) {
        return "token " + number + " of " + account;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One socket, with what was heard over it. */
    final class Socket implements WebSocket.Listener {

        private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
        private final StringBuilder partial = new StringBuilder();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private volatile boolean isDeaf;
        private volatile long lastSign;
        private @Nullable WebSocket open;

        /** Sends a frame of that type. */
        void say(String type) {
            say(JSON.createObjectNode().put("type", type));
        }

        private void say(ObjectNode frame) {
            if (open == null) {
                throw new IllegalStateException("not open");
            }
            lastSign = System.nanoTime();
            open.sendText(frame.toString(), true).join();
        }

        /** The newest frame of that type, once there is one. */
        JsonNode await(String type) {
            Awaitility.await(type + " of socket " + sockets.indexOf(this) + " of " + account)
                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .pollInterval(10, TimeUnit.MILLISECONDS)
                    .until(() -> frames.stream()
                            .anyMatch(frame -> frame.path("type").asText().equals(type)));
            return frames.stream()
                    .filter(frame -> frame.path("type").asText().equals(type))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }

        /** From now on it reads nothing and answers no ping, as one whose other half is lost. */
        void beDeaf() {
            isDeaf = true;
        }

        /** When the service last heard of it, by the monotonic clock: its last frame, or the answer to a ping. */
        long lastSign() {
            return lastSign;
        }

        /** The close code, once the service has closed it. */
        int closeCode() {
            return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        private void goOn(WebSocket socket) {
            if (!isDeaf) {
                socket.request(1);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    frames.add(JSON.readTree(partial.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                partial.setLength(0);
            }
            goOn(socket);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            lastSign = System.nanoTime();
            goOn(socket);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
