package io.drawdown.cli.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests through the proxy, to two instances. What is said of sockets is in {@code ProxiedSocketsTest}. */
class ReverseProxyTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeInstance one = new FakeInstance(vertx, "one");
    private final FakeInstance two = new FakeInstance(vertx, "two");
    private final int port = FakeInstance.freePort();
    private final int management = FakeInstance.freePort();
    private ReverseProxy proxy;

    @BeforeEach
    void start() {
        proxy = ReverseProxy.start(
                ReverseProxy.LOOPBACK,
                List.of(new ReverseProxy.Site(port, management, List.of(one.upstream(), two.upstream()))));
        Awaitility.await().until(() -> answerers(4).equals(Set.of("one", "two")));
    }

    @AfterEach
    void stop() {
        proxy.close();
        vertx.close();
        http.shutdownNow();
    }

    @Test
    void aRequestAndItsAnswerArriveWhole() throws Exception {
        // Given
        String long1 = "long ".repeat(200_000);
        for (FakeInstance instance : List.of(one, two)) {
            instance.answerBy(request -> request.body().onSuccess(body -> request.response()
                    .setStatusCode(201)
                    .putHeader("Location", "/things/1")
                    .putHeader("Connection", "keep-alive, X-Hop")
                    .putHeader("X-Hop", "of this connection")
                    .end(heard(request) + body)));
        }

        // When
        HttpResponse<String> answer = http.send(
                to("/things?a=%2F&b=")
                        .header("Authorization", "Bearer token")
                        .header("X-Forwarded-For", "10.0.0.1")
                        .POST(BodyPublishers.ofString(long1))
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains("/things/1");
        assertThat(answer.headers().firstValue("X-Hop")).isEmpty();
        assertThat(answer.body())
                .isEqualTo("POST /things?a=%2F&b= Bearer token localhost:" + port + " 127.0.0.1 null " + long1);
    }

    private static String heard(HttpServerRequest request) {
        return "%s %s %s %s %s %s "
                .formatted(
                        request.method(),
                        request.uri(),
                        request.getHeader("Authorization"),
                        request.getHeader("Host"),
                        request.getHeader("X-Forwarded-For"),
                        request.getHeader("Upgrade"));
    }

    @Test
    void anAnswerWithoutABodyStaysSo() throws Exception {
        // Given
        both(request -> request.response().putHeader("Content-Length", "5").end());
        HttpResponse<String> head =
                http.send(to("/").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        both(request -> request.response().setStatusCode(204).end());

        // When
        HttpResponse<String> deleted = http.send(to("/").DELETE().build(), BodyHandlers.ofString());

        // Then
        assertThat(head.headers().firstValue("Content-Length")).contains("5");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void aStreamArrivesPieceByPiece() throws Exception {
        // Given
        CompletableFuture<HttpServerRequest> open = new CompletableFuture<>();
        both(request -> {
            request.response().setChunked(true).write("first\n");
            open.complete(request);
        });

        // When
        try (InputStream stream =
                http.send(to("/").build(), BodyHandlers.ofInputStream()).body()) {
            String first = new String(stream.readNBytes(6), UTF_8);
            open.get(10, TimeUnit.SECONDS).response().end("last\n");

            // Then
            assertThat(first + new String(stream.readAllBytes(), UTF_8)).isEqualTo("first\nlast\n");
        }
    }

    @Test
    void anInstanceThatRefusesIsSkippedAndNothingIsLost() throws Exception {
        // Given: its health is asked less often than it is given requests, and no connection to it is left open, on
        // which a
        // request could have arrived
        one.answerBy(
                request -> request.response().putHeader("Connection", "close").end("one"));
        assertThat(answerers(4)).isEqualTo(Set.of("one", "two"));
        one.stop();

        // When
        for (int i = 0; i < 10; i++) {
            assertThat(post("/charge").body()).isEqualTo("two");
        }

        // Then
        assertThat(two.requests())
                .filteredOn(line -> line.equals("POST /charge"))
                .hasSize(10);
        one.start();
        Awaitility.await().until(() -> answerers(4).equals(Set.of("one", "two")));
    }

    @Test
    void anInstanceThatIsSilentOnceGetsRequestsAndOneThatStaysSilentNone() throws Exception {
        // Given
        int asked = one.healthQuestions();
        one.keepSilent(1);

        // When, Then
        while (one.healthQuestions() < asked + 3) {
            assertThat(answerers(4)).isEqualTo(Set.of("one", "two"));
        }
        one.keepSilent(Integer.MAX_VALUE);
        Awaitility.await().until(() -> answerers(4).equals(Set.of("two")));
        one.keepSilent(0);
        Awaitility.await().until(() -> answerers(4).equals(Set.of("one", "two")));
    }

    @Test
    void aRequestThatMayHaveArrivedIsNotRepeated() throws Exception {
        // Given
        both(request -> request.connection().close());

        // When
        HttpResponse<String> answer = post("/charge");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("urn:drawdown:problem:outcome-unknown");
        assertThat(one.requests().size() + two.requests().size() - asked).isEqualTo(1);
    }

    @Test
    void aRequestThatOnlyReadsIsAskedOfAnother() throws Exception {
        // Given
        one.answerBy(request -> request.connection().close());

        // Then
        for (int i = 0; i < 4; i++) {
            assertThat(get("/").body()).isEqualTo("two");
        }
    }

    @Test
    void anAnswerThatBreaksOffDoesNotLookWhole() {
        // Given
        both(request -> {
            request.response().setChunked(true).write("half");
            vertx.setTimer(50, late -> request.connection().close());
        });

        // Then
        assertThat(CompletableFuture.supplyAsync(() -> {
                    try {
                        return get("/").body();
                    } catch (IOException e) {
                        return "broken";
                    }
                }))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo("broken");
    }

    @Test
    void anInstanceThatIsNotReadyGetsNothing() throws Exception {
        // Given
        one.ready(false);

        // When
        Awaitility.await().until(() -> answerers(4).equals(Set.of("two")));
        two.ready(false);

        // Then
        Awaitility.await().until(() -> get("/").statusCode() == 503);
        assertThat(get("/").body()).contains("urn:drawdown:problem:unavailable");
        assertThat(get("/").headers().firstValue("Retry-After")).contains("1");
        two.ready(true);
        Awaitility.await().until(() -> answerers(4).equals(Set.of("two")));
    }

    @Test
    void aDrainWaitsForWhatIsUnderWayAndLetsNothingIn() throws Exception {
        // Given: a request that one has not answered
        CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
        one.answerBy(held::complete);
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(to("/slow").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        if (answer.isDone() || two.requests().contains("POST /slow")) {
            answer = http.sendAsync(to("/slow").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        }
        HttpServerRequest request = held.get(10, TimeUnit.SECONDS);

        // When
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> proxy.drain("one", Duration.ofSeconds(30)));
        Awaitility.await().until(() -> answerers(4).equals(Set.of("two")));

        // Then
        assertThat(drained).isNotDone();
        request.response().end("late");
        assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("late");
        assertThat(answerers(4)).isEqualTo(Set.of("two"));
        one.answerBy(next -> next.response().end("one"));
        proxy.admit("one", Duration.ofSeconds(10));
        assertThat(answerers(4)).isEqualTo(Set.of("one", "two"));
    }

    @Test
    void aDrainGivesUpInTime() {
        // Given
        both(request -> request.response().setChunked(true).write("for ever"));
        var open = IntStream.range(0, 2)
                .mapToObj(i -> http.sendAsync(to("/").build(), BodyHandlers.ofInputStream())
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join())
                .toList();

        // When
        proxy.drain("one", Duration.ofMillis(50));

        // Then
        assertThat(open).allMatch(answer -> answer.statusCode() == 200);
    }

    @Test
    void anUploadThatBreaksOffDoesNotLookWhole() throws Exception {
        // Given
        CompletableFuture<String> body = new CompletableFuture<>();
        both(request -> request.body()
                .onSuccess(whole -> body.complete("whole: " + whole))
                .onFailure(fault -> body.complete("broken")));

        // When
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
                            .getBytes(UTF_8));
            Awaitility.await()
                    .until(() -> one.requests().size() + two.requests().size() > asked);
        }

        // Then
        assertThat(body).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("broken");
    }

    @Test
    void aClientThatLeavesIsNotWaitedFor() throws Exception {
        // Given
        CompletableFuture<Void> gone = new CompletableFuture<>();
        both(request -> {
            request.response().closeHandler(gone::complete);
            request.response().setChunked(true).write(Buffer.buffer("for ever"));
        });

        // When
        http.send(to("/").build(), BodyHandlers.ofInputStream()).body().close();

        // Then
        assertThat(gone).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void theOtherPortIsThatOfTheirHealth() throws Exception {
        // Then
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                .build();
        assertThat(http.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private int asked;

    private void both(io.vertx.core.Handler<HttpServerRequest> behaviour) {
        one.answerBy(behaviour);
        two.answerBy(behaviour);
        asked = one.requests().size() + two.requests().size();
    }

    private Set<String> answerers(int times) throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < times; i++) {
            names.add(get("/").body());
        }
        return names;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(to(path).build());
    }

    private HttpResponse<String> post(String path) throws IOException {
        return send(to(path).POST(BodyPublishers.ofString("{}")).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
