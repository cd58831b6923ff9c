package io.drawdown.cli.proxy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Sockets through the proxy: the bytes go both ways as they are. */
class ProxiedSocketsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final int FRAME = 32_000;
    private static final int MUCH = 60 * FRAME;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeInstance instance = new FakeInstance(vertx, "one");
    private final int port = FakeInstance.freePort();
    private ReverseProxy proxy;

    @BeforeEach
    void start() {
        proxy = ReverseProxy.start(
                ReverseProxy.LOOPBACK,
                List.of(new ReverseProxy.Site(port, FakeInstance.freePort(), List.of(instance.upstream()))));
        Awaitility.await().until(() -> statusOf("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .contains("200"));
    }

    @AfterEach
    void stop() {
        proxy.close();
        vertx.close();
        http.shutdownNow();
    }

    /** What the client hears. */
    private static final class Heard implements WebSocket.Listener {
        final CompletableFuture<String> text = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable fault) {
            closed.complete(1006);
        }
    }

    private WebSocket connect(Heard heard) {
        return http.newWebSocketBuilder()
                .subprotocols("drawdown.v1")
                .buildAsync(URI.create("ws://localhost:" + port + "/live"), heard)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void framesGoBothWays() {
        // Given
        instance.talkBy(
                socket -> socket.textMessageHandler(text -> socket.writeTextMessage(socket.path() + " " + text)));
        Heard heard = new Heard();
        WebSocket client = connect(heard);

        // When
        var sent = client.sendText("hello", true);

        // Then
        assertThat(heard.text).succeedsWithin(SOON).isEqualTo("/live hello");
        assertThat(sent).isCompleted();
        client.abort();
    }

    @Test
    void aPingIsAnsweredByTheClientItself() {
        // Given
        CompletableFuture<String> pong = new CompletableFuture<>();
        instance.talkBy(socket -> {
            socket.pongHandler(data -> pong.complete(data.toString()));
            socket.writePing(Buffer.buffer("are you there"));
        });

        // When
        WebSocket client = connect(new Heard());

        // Then
        assertThat(pong).succeedsWithin(SOON).isEqualTo("are you there");
        client.abort();
    }

    @Test
    void aSocketStaysWhileItsInstanceIsDrainedAndEndsWithItsCode() {
        // Given
        instance.talkBy(socket -> socket.textMessageHandler(text -> socket.close((short) 1012, "restarting")));
        Heard heard = new Heard();
        WebSocket client = connect(heard);

        // When
        proxy.drain("one", SOON);
        var sent = client.sendText("stop", true);

        // Then
        assertThat(heard.closed).succeedsWithin(SOON).isEqualTo(1012);
        assertThat(sent).isCompleted();
    }

    @Test
    void aClientThatIsGoneIsGoneForTheInstanceToo() {
        // Given
        CompletableFuture<Void> gone = new CompletableFuture<>();
        instance.talkBy(socket -> socket.closeHandler(gone::complete));
        WebSocket client = connect(new Heard());

        // When
        client.abort();

        // Then
        assertThat(gone).succeedsWithin(SOON);
    }

    @Test
    void anInstanceThatDiesEndsTheSocketWithoutACode() throws Exception {
        // Given
        CompletableFuture<NetSocket> agreed = new CompletableFuture<>();
        replaceInstance(socket -> socket.handler(head -> {
            socket.write(AGREED);
            agreed.complete(socket);
        }));
        try (Socket client = upgrading()) {
            assertThat(readUntil(client.getInputStream(), "\r\n\r\n")).contains("101 Switching Protocols");

            // When
            agreed.get(10, TimeUnit.SECONDS).close();

            // Then
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aRefusalOfAHandshakeArrivesWhole() {
        // Given
        instance.answerBy(request -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "7")
                .end("too many"));

        // When
        CompletableFuture<WebSocket> connecting =
                http.newWebSocketBuilder().buildAsync(URI.create("ws://localhost:" + port + "/live"), new Heard());

        // Then
        assertThat(connecting)
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(refused -> {
                    HttpResponse<?> answer =
                            ((WebSocketHandshakeException) Objects.requireNonNull(refused.getCause())).getResponse();
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
                });
    }

    /** An instance may speak first, in the same packet as its agreement. */
    @Test
    void whatFollowsTheHandshakeAtOnceIsNotLost() throws Exception {
        // Given
        replaceInstance(socket -> socket.handler(head -> socket.write(AGREED + "at once")));

        // When
        try (Socket client = upgrading()) {

            // Then
            assertThat(readUntil(client.getInputStream(), "at once")).contains("101 Switching Protocols");
        }
    }

    /** More than fits into the buffers between them. */
    @Test
    void muchArrivesWholeAndInOrder() {
        // Given
        Buffer sent = Buffer.buffer();
        for (int i = 0; i < MUCH; i++) {
            sent.appendInt(i);
        }
        instance.talkBy(socket -> {
            for (int from = 0; from < sent.length(); from += FRAME) {
                socket.writeBinaryMessage(sent.slice(from, from + FRAME));
            }
        });
        Buffer received = Buffer.buffer();
        CompletableFuture<Buffer> all = new CompletableFuture<>();

        // When
        WebSocket client = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/live"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
                        byte[] bytes = new byte[data.remaining()];
                        data.get(bytes);
                        if (received.appendBytes(bytes).length() == sent.length()) {
                            all.complete(received);
                        }
                        socket.request(1);
                        return null;
                    }
                })
                .orTimeout(10, TimeUnit.SECONDS)
                .join();

        // Then
        assertThat(all).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(sent);
        client.abort();
    }

    private void replaceInstance(Handler<NetSocket> behaviour) throws Exception {
        instance.stop();
        vertx.createNetServer()
                .connectHandler(behaviour)
                .listen(instance.upstream().port(), ReverseProxy.LOOPBACK)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private Socket upgrading() throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(10_000);
        client.getOutputStream()
                .write("GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                        .getBytes(US_ASCII));
        return client;
    }

    private String statusOf(String request) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(10_000);
            OutputStream out = client.getOutputStream();
            out.write(request.getBytes(US_ASCII));
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String readUntil(InputStream in, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                return text + " and no more";
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
