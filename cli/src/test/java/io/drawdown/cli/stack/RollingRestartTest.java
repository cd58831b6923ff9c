package io.drawdown.cli.stack;

import com.sun.net.httpserver.HttpServer;
import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.cli.proxy.Upstream;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RollingRestartTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private ReverseProxy proxy;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        port = freePort();
        int itsPort = server.getAddress().getPort();
        proxy = ReverseProxy.start(
                "127.0.0.1",
                List.of(new ReverseProxy.Site(
                        port, freePort(), List.of(new Upstream("task-service", itsPort, itsPort)))));
        awaitServed();
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
        http.shutdownNow();
    }

    @Test
    void anInstanceIsGivenRequestsAgainWhateverItsRestartFailedBy() {
        // Given
        RollingRestart restart = new RollingRestart(new Instances(1), Optional.of(proxy), instance -> {
            throw new IllegalStateException("a fault of ours");
        });

        // When
        assertThatThrownBy(() -> restart.of(Service.TASK_SERVICE, line -> {})).hasMessage("a fault of ours");

        // Then
        awaitServed();
    }

    private void awaitServed() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        Awaitility.await()
                .until(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
