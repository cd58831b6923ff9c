package io.drawdown.cli.client;

import com.sun.net.httpserver.HttpServer;
import io.drawdown.contracts.ServerClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ApiTest {

    /** Far from the time of this machine. */
    private static final Instant SERVER_TIME = Instant.parse("2031-01-01T00:00:00Z");

    private static final String NONE = "none";

    private final List<String> deadlines = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String deadline = exchange.getRequestHeaders().getFirst(ServerClock.REQUEST_DEADLINE);
            deadlines.add(deadline == null ? NONE : deadline);
            exchange.getResponseHeaders().set(ServerClock.SERVER_TIME, SERVER_TIME.toString());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRequestCarriesItsDeadlineInTheTimeOfTheServer() {
        // Given
        Api api = new Api(URI.create("http://localhost:" + server.getAddress().getPort() + "/"), "token");
        // When
        api.get("first");
        api.post("second", "key", "{}");
        // Then
        assertThat(deadlines).hasSize(2).first().isEqualTo(NONE);
        assertThat(Instant.parse(deadlines.getLast())).isBetween(SERVER_TIME, SERVER_TIME.plusSeconds(60));
    }
}
