package io.drawdown.sessions.api;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** A client by hand, faster than any library's. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class HandshakeTest {

    private static final String HANDSHAKE = """
            GET /api/v1/live/sessions HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
            Authorization: Bearer %s

            """.replace("\n", "\r\n");

    @Test
    void frameRightBehindTheHandshakeIsRead() throws IOException {
        // Given
        String handshake = HANDSHAKE.formatted(TestTokens.of("gateway", Role.GATEWAY));
        for (int i = 0; i < 500; i++) {
            try (Socket socket = new Socket("localhost", RestAssured.port)) {
                socket.setSoTimeout((int) Duration.ofSeconds(2).toMillis());
                socket.getOutputStream().write(handshake.getBytes(US_ASCII));
                readHead(socket.getInputStream());
                // When
                socket.getOutputStream().write(text("{\"type\":\"ping\"}"));
                // Then
                assertThat(socket.getInputStream().read()).isEqualTo(0x81);
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    /** One text frame, masked with zeros. */
    private static byte[] text(String text) {
        byte[] frame = new byte[6 + text.length()];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length());
        System.arraycopy(text.getBytes(US_ASCII), 0, frame, 6, text.length());
        return frame;
    }
}
