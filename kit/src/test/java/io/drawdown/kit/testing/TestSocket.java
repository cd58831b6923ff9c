package io.drawdown.kit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One client at a socket, with everything that it was told. */
public class TestSocket implements AutoCloseable, WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    /** @param protocols the sub-protocols that it offers */
    protected TestSocket(String path, Map<String, String> headers, String... protocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (protocols.length > 0) {
            builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        URI address = URI.create("ws://localhost:" + RestAssured.port + path);
        socket =
                builder.buildAsync(address, this).orTimeout(5, TimeUnit.SECONDS).join();
    }

    /** Without a token. */
    public static TestSocket anonymous(String path) {
        return new TestSocket(path, Map.of());
    }

    public static TestSocket withToken(String path, String token) {
        return new TestSocket(path, bearer(token));
    }

    protected static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    /** What a browser offers to carry a token. */
    protected static String[] carrier(String token) {
        return new String[] {"drawdown.v1", "quarkus-http-upgrade#Authorization#Bearer%20" + token};
    }

    public TestSocket send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    public TestSocket say(Object... fields) {
        Map<String, Object> frame = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            frame.put((String) fields[i], fields[i + 1]);
        }
        try {
            return send(JSON.writeValueAsString(frame));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it so many times, or until the connection is closed by the other side, which may be noticed a little late. */
    public void flood(String text, int times) {
        for (int i = 0; i < times && !closed.isDone(); i++) {
            socket.sendText(text, true).exceptionally(_ -> socket).join();
        }
    }

    public TestSocket sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /** The first frame of that type; waits for it. */
    public JsonNode await(String type) {
        return await(
                () -> frames.stream()
                        .filter(frame -> isOf(frame, type))
                        .findFirst()
                        .orElse(null),
                type);
    }

    /** The frame of that type that comes after so many others of it. */
    public JsonNode await(String type, int after) {
        return await(
                () -> frames.stream()
                        .filter(frame -> isOf(frame, type))
                        .skip(after)
                        .findFirst()
                        .orElse(null),
                type);
    }

    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    /** Waits for the close, and for whoever must have closed it to say with which code. */
    public int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS).join();
    }

    /** As a lost network does. */
    public void vanish() {
        socket.abort();
    }

    private JsonNode await(Supplier<@Nullable JsonNode> search, String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(search::get, found -> found != null);
    }

    private static boolean isOf(JsonNode frame, String type) {
        return frame.path("type").asText().equals(type);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                frames.add(JSON.readTree(partial.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
