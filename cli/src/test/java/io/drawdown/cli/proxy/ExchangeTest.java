package io.drawdown.cli.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When an instance is said to have answered all that it had. */
class ExchangeTest {

    private final Vertx vertx = Vertx.vertx();
    private final FakeInstance instance = new FakeInstance(vertx, "one");
    private final Upstreams upstreams = new Upstreams(List.of(instance.upstream()));

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void anInstanceThatIsBeingConnectedToIsNotIdle() throws Exception {
        // When
        Drained drained = drainedWhileConnecting();

        // Then
        assertThat(drained.status()).isEqualTo(200);
        assertThat(drained.atOnce()).isFalse();
        assertThat(drained.then()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void anInstanceThatRefusesIsIdle() throws Exception {
        // Given
        instance.stop();

        // When
        Drained drained = drainedWhileConnecting();

        // Then
        assertThat(drained.status()).isEqualTo(503);
        assertThat(drained.atOnce()).isFalse();
        assertThat(drained.then()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private record Drained(int status, boolean atOnce, CompletableFuture<Void> then) {}

    /** The loop that has picked the instance cannot have connected to it yet. */
    private Drained drainedWhileConnecting() throws Exception {
        UpstreamState only = upstreams.all().getFirst();
        HttpClient client = vertx.createHttpClient();
        CompletableFuture<Future<Void>> draining = new CompletableFuture<>();
        CompletableFuture<Boolean> atOnce = new CompletableFuture<>();
        int port = FakeInstance.freePort();
        vertx.createHttpServer()
                .requestHandler(request -> {
                    only.ready(true);
                    new Exchange(request, upstreams, Upstream::port, new Exchange.Clients(client, client)).start();
                    Future<Void> drained = only.drain();
                    atOnce.complete(drained.isComplete());
                    draining.complete(drained);
                })
                .listen(port, ReverseProxy.LOOPBACK)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .build(),
                    BodyHandlers.ofString());
            return new Drained(
                    answer.statusCode(),
                    atOnce.join(),
                    draining.join().toCompletionStage().toCompletableFuture());
        }
    }
}
