package io.drawdown.kit.connections;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Vert.x's own server, as Quarkus starts it; a head or a body may take a second here. */
class ConnectionsTest {

    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int LONGER_THAN_A_HEAD_MAY_TAKE_MILLIS = 2_500;
    private static final Limits USUAL = Limits.current();
    private static final Vertx VERTX = Vertx.vertx();
    private static int port;

    @BeforeAll
    static void listen() {
        Limits.apply(Limits.of(
                Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(75)));
        port = VERTX.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(1_800))
                .requestHandler(ConnectionsTest::answer)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterAll
    static void stop() {
        Limits.apply(USUAL);
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void answer(HttpServerRequest request) {
        if (request.path().equals("/socket")) {
            request.toWebSocket();
        } else {
            request.body().onSuccess(body -> request.response().end());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /LONG HTTP/1.1\r\n\r\n', 414, uri-too-long",
        "'GET / HTTP/1.1\r\nX: LONG\r\n\r\n', 431, headers-too-large",
        "'no request at all\r\n\r\n', 400, malformed-uri",
        "'GET / HTTP/1.1\r\nHost: x', 408, request-timeout",
        "'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
                + "Content-Type: application/json\r\n\r\n{', 408, request-timeout"
    })
    void whatNeverBecomesARequestIsAnsweredToo(String sent, int status, String slug) throws IOException {
        // When
        String answer = raw(sent.replace("LONG", "x".repeat(20_000)));
        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "urn:drawdown:problem:" + slug);
    }

    @Test
    void webSocketIsLeftOpen() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            // Given
            socket.getOutputStream().write("""
                    GET /socket HTTP/1.1
                    Host: localhost
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

                    """.replace("\n", "\r\n").getBytes(US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            assertThat(head).startsWith("HTTP/1.1 101");
            // When
            assertThat(ping(socket)).isEqualTo(PONG);
            socket.setSoTimeout(LONGER_THAN_A_HEAD_MAY_TAKE_MILLIS);
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            // Then
            socket.setSoTimeout(20_000);
            assertThat(ping(socket)).isEqualTo(PONG);
        }
    }

    /** An empty one, masked with zeros; what comes back is as short. */
    private static int ping(Socket socket) throws IOException {
        socket.getOutputStream().write(new byte[] {(byte) PING, (byte) 0x80, 0, 0, 0, 0});
        int first = socket.getInputStream().read();
        assertThat(socket.getInputStream().read()).isZero();
        return first;
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
