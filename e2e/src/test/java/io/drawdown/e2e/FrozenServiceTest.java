package io.drawdown.e2e;

import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * credits-service is frozen while requests arrive, on an open connection and on a new one. When it wakes it carries out
 * neither of them, because their clients gave up long ago.
 */
class FrozenServiceTest {

    private static final int FROZEN_SECONDS = 3;
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    @Test
    void requestsThatArriveDuringAStallAreNotCarriedOut(@TempDir Path home) throws IOException {
        try (Suite suite = Suite.start(home, Map.of())) {
            // Given
            suite.open("frozen", 100);
            try (Socket open = connect(suite)) {
                send(open, charge(suite, "before"));
                assertThat(open.getInputStream().read()).isEqualTo('H');
                suite.signal(Service.CREDITS_SERVICE.serviceName(), "STOP");

                // When
                send(open, charge(suite, "on-an-open-connection"));
                try (Socket fresh = connect(suite)) {
                    send(fresh, charge(suite, "on-a-new-connection"));
                    suite.letPass(FROZEN_SECONDS);
                    suite.signal(Service.CREDITS_SERVICE.serviceName(), "CONT");

                    // Then
                    awaitClosed(open);
                    awaitClosed(fresh);
                }
            }
            suite.await(30, () -> isCharged(suite, "afterwards"));
            assertThat(suite.ledger("frozen").causes())
                    .filteredOn("charge ai_search"::equals)
                    .hasSize(2);
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }

    /** A slow machine may stall again, and then the connection is closed again. */
    private static boolean isCharged(Suite suite, String key) {
        try {
            return suite.credits(Role.GATEWAY)
                            .post("accounts/frozen/charges", key, "{\"meter\":\"ai_search\"}")
                            .status()
                    < 300;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    private static Socket connect(Suite suite) throws IOException {
        URI address = suite.stack().api(Service.CREDITS_SERVICE);
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        return socket;
    }

    private static String charge(Suite suite, String key) {
        String body = "{\"meter\":\"ai_search\"}";
        return """
                POST /api/v1/accounts/frozen/charges HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Idempotency-Key: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(suite.token(Role.GATEWAY, "gateway"), key, body.length(), body);
    }

    private static void send(Socket client, String request) throws IOException {
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads earlier answers first. */
    private static void awaitClosed(Socket client) throws IOException {
        try {
            while (client.getInputStream().read() != -1) {}
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
