package io.drawdown.sessions.api;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.OddTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** What cannot become a socket is told why, with a problem, and leaves nothing in the log. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class SocketDoorTest {

    private static final String SOCKET = "/api/v1/live/sessions";
    private static final String TOKEN = TestTokens.of("shop", Role.GATEWAY);

    /** @param lines the headers beside those of a good handshake, which they replace */
    record Handshake(String method, String path, int status, String problem, List<String> lines) {}

    static Stream<Handshake> refused() {
        String carrier = "Sec-WebSocket-Protocol: drawdown.v1, quarkus-http-upgrade";
        return Stream.of(
                refused("Upgrade: h2c", 426, "upgrade-required"),
                refused("Sec-WebSocket-Version: 8", 426, "upgrade-required"),
                refused("Sec-WebSocket-Key: short", 400, "invalid-request"),
                refused("Origin: https://evil.example", 403, "forbidden"),
                refused(
                        "Sec-WebSocket-Protocol: quarkus-http-upgrade#Origin#" + SessionServers.ORIGIN,
                        400,
                        "invalid-request"),
                refused(carrier, 400, "invalid-request"),
                refused(carrier + "#", 400, "invalid-request"),
                refused(carrier + "#Authorization", 400, "invalid-request"),
                refused(carrier + "#Authorization#", 400, "invalid-request"),
                refused(carrier + "#Authorization#Bearer%20" + TOKEN + "#more", 400, "invalid-request"),
                refused(
                        carrier + "#Authorization#Bearer%20" + TOKEN + "%0d%0a12:00 ERROR forged",
                        400,
                        "invalid-request"),
                refused(carrier + "#Authorization#Bearer%2" + TOKEN, 400, "invalid-request"),
                refused(carrier + "#Authorization#Bearer%zz" + TOKEN, 400, "invalid-request"),
                refused(carrier + "#X-Request-ID#mine", 400, "invalid-request"),
                refused(
                        carrier + "#Authorization#Bearer%20" + TOKEN + ", quarkus-http-upgrade#Authorization#Bearer%20"
                                + TOKEN,
                        400,
                        "invalid-request"),
                new Handshake(
                        "GET",
                        SOCKET,
                        400,
                        "invalid-request",
                        List.of(carrier + "#Authorization#Bearer%20" + TOKEN, "Authorization: Bearer " + TOKEN)),
                new Handshake("GET", SOCKET + "?token=" + TOKEN, 400, "invalid-request", List.of()),
                new Handshake("POST", SOCKET, 405, "method-not-allowed", List.of("Content-Length: 0")),
                new Handshake("GET", "/api/v1/sessions", 400, "invalid-request", List.of(carrier + "#a#%zz")));
    }

    private static Handshake refused(String line, int status, String problem) {
        return new Handshake("GET", SOCKET, status, problem, List.of(line));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBecomeASocketIsToldWhy(Handshake handshake) throws IOException {
        // Given
        List<String> logged = new ArrayList<>();
        Handler recorder = recorder(logged);
        Logger.getLogger("").addHandler(recorder);
        try {
            // When
            String answer = send(handshake);
            // Then
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + handshake.status())
                    .contains("application/problem+json", "urn:drawdown:problem:" + handshake.problem());
            assertThat(logged).noneMatch(line -> line.contains("eyJ") || line.contains("forged"));
        } finally {
            Logger.getLogger("").removeHandler(recorder);
        }
    }

    @Test
    void aPlainGetIsAnsweredWithUpgradeRequired() {
        // When
        Response answer = given().auth().oauth2(TOKEN).get(SOCKET);
        // Then
        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.header("Upgrade")).isEqualTo("websocket");
        assertThat(answer.jsonPath().getString("type")).isEqualTo("urn:drawdown:problem:upgrade-required");
        assertThat(answer.jsonPath().getString("detail")).contains("/api/v1/sessions");
    }

    @Test
    void anotherMethodIsAnsweredWithTheAllowedOne() {
        assertThat(given().delete(SOCKET).header("Allow")).isEqualTo("GET");
        assertThat(given().auth().oauth2(TOKEN).delete("/api/v1/sessions").header("Allow"))
                .isEqualTo("GET, HEAD, POST");
    }

    @Test
    void aTokenWithUnexpectedClaimsOpensNoSocket() {
        // Given
        SoftAssertions softly = new SoftAssertions();
        OddTokens.all().forEach((odd, token) -> {
            // When
            try (TestClient client = TestClient.withToken(token)) {
                // Then
                softly.assertThat(client.closeCode()).as(odd).isEqualTo(4001);
            }
            softly.assertThat(
                            given().auth().oauth2(token).get("/api/v1/sessions").statusCode())
                    .as(odd)
                    .isEqualTo(401);
        });
        softly.assertAll();
    }

    @Test
    void aTokenWithUnexpectedClaimsAuthenticatesNobody() {
        for (String odd : List.of("sub=\"\"", "no sub", "groups={}", "exp=1e18")) {
            String token = OddTokens.all().get(odd);
            try (TestClient client = TestClient.anonymous()) {
                client.send("{\"type\":\"authenticate\",\"token\":\"" + token + "\"}");
                assertThat(client.closeCode()).as(odd).isEqualTo(4001);
            }
        }
    }

    private static Handler recorder(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord event) {
                logged.add(event.getMessage() + " " + event.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static String send(Handshake handshake) throws IOException {
        Map<String, String> headers = new java.util.LinkedHashMap<>(Map.of(
                "Host", "localhost",
                "Upgrade", "websocket",
                "Connection", "Upgrade",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="));
        handshake
                .lines()
                .forEach(line ->
                        headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2)));
        StringBuilder request = new StringBuilder(handshake.method() + " " + handshake.path() + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("}") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
            }
            return answer.toString();
        }
    }
}
