package io.drawdown.tasks.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.builtin.HttpHandler.Answer;
import io.drawdown.tasks.builtin.HttpHandler.Call;
import io.drawdown.tasks.config.TaskConfig;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.drawdown.tasks.testing.TestContext;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class HttpHandlerTest {

    private static final String HOST = "hooks.example";
    private static final int SLOTS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final TestContext context = new TestContext();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final HttpServer server = vertx.createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Answers with the status in the path: {@code /status}, or not at all. */
    private void answer(HttpServerRequest request) {
        request.bodyHandler(body -> {
            seen.add(request.method() + " " + request.uri() + " " + request.authority() + " "
                    + request.getHeader("Idempotency-Key") + " " + body);
            asked.complete(null);
            String status = request.path().substring(1);
            if (!status.equals("never")) {
                request.response()
                        .setStatusCode(Integer.parseInt(status))
                        .putHeader("Retry-After", "7")
                        .putHeader("Location", "/200")
                        .end(status.equals("201") ? "x".repeat(100_000) : "answer");
            }
        });
    }

    private record Config(Map<String, URI> endpoints, boolean privateAddresses, Duration timeout)
            implements TaskConfig.Http {}

    private HttpHandler handler(String path, boolean arePrivateAllowed, Duration timeout) {
        return handler(path, arePrivateAllowed, timeout, HttpHandlerTest::resolve);
    }

    private HttpHandler handler(String path, boolean arePrivateAllowed, Duration timeout, Endpoints.Resolver resolver) {
        URI endpoint = URI.create("http://" + HOST + ":" + server.actualPort() + "/" + path);
        return new HttpHandler(
                new Config(Map.of("hook", endpoint), arePrivateAllowed, timeout),
                SLOTS,
                vertx,
                new ManualTime(),
                resolver);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        if (!host.equals(HOST)) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1})};
    }

    private Answer post(String path) throws InterruptedException {
        return handler(path, true, Duration.ofSeconds(10)).handle(call(), context);
    }

    private static Call call() {
        return new Call("hook", JsonNodeFactory.instance.objectNode().put("a", 1));
    }

    @Test
    void payloadIsPostedToTheAddressThatWasCheckedUnderTheNameOfTheHost() throws InterruptedException {
        // When
        Answer answer = post("200?x=1");
        // Then
        assertThat(answer).isEqualTo(new Answer(200, "answer"));
        assertThat(seen)
                .containsExactly("POST /200?x=1 " + HOST + ":" + server.actualPort() + " " + context.taskId()
                        + ":post {\"a\":1}");
    }

    @Test
    void slowAnswersHoldUpNoOtherTask() {
        // Given
        HttpHandler handler = handler("never", true, Duration.ofMinutes(1));
        // When
        List<Thread> posts = Stream.generate(() -> Thread.ofVirtual().start(() -> postAndLeave(handler)))
                .limit(SLOTS)
                .toList();
        // Then
        await().until(() -> seen.size() == SLOTS);
        posts.forEach(Thread::interrupt);
    }

    private void postAndLeave(HttpHandler handler) {
        try {
            handler.handle(call(), new TestContext());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void longAnswerIsCut() throws InterruptedException {
        assertThat(post("201").body()).hasSize(64 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"429", "500", "502", "503", "504"})
    void answerThatMayChangeIsATemporaryFailure(String status) {
        assertThatExceptionOfType(TemporaryFailure.class)
                .isThrownBy(() -> post(status))
                .withMessage("answered " + status)
                .satisfies(failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"302", "400", "401", "404", "410", "422"})
    void answerThatStaysIsAPermanentFailure(String status) {
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> post(status))
                .withMessage("answered " + status);
        assertThat(seen).hasSize(1);
    }

    @Test
    void endpointThatDoesNotAnswerIsATemporaryFailure() {
        assertThatExceptionOfType(TemporaryFailure.class)
                .isThrownBy(() -> handler("never", true, Duration.ofMillis(200)).handle(call(), context))
                .withMessage("no answer within 200 ms");
    }

    @Test
    void endpointThatIsAwayIsATemporaryFailure() {
        server.close().toCompletionStage().toCompletableFuture().join();
        assertThatExceptionOfType(TemporaryFailure.class).isThrownBy(() -> post("200"));
    }

    @Test
    void requestIsBrokenOffWhenItsTaskIsCancelled() {
        var unused = asked.thenRun(context::cancel);
        assertThatExceptionOfType(TemporaryFailure.class)
                .isThrownBy(() -> post("never"))
                .withMessage("told to stop");
    }

    @Test
    void endpointInsideIsRefusedUnlessItIsAllowed() {
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> handler("200", false, Duration.ofSeconds(10)).handle(call(), context))
                .withMessageContaining("not on the public internet");
        assertThat(seen).isEmpty();
    }

    @Test
    void oneAddressInsideAmongPublicOnesIsEnoughToRefuseTheEndpoint() {
        // Given
        Endpoints.Resolver mixed =
                host -> new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};
        // When, Then
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() ->
                        handler("200", false, Duration.ofSeconds(10), mixed).handle(call(), context));
    }

    @Test
    void nameThatMeansAnotherAddressAMomentLaterDoesNotMoveTheConnection() throws InterruptedException {
        // Given: what was checked is the first answer; nobody listens at the second one
        AtomicInteger asked = new AtomicInteger();
        Endpoints.Resolver rebound = host ->
                new InetAddress[] {InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2")};
        // When
        Answer answer = handler("200", true, Duration.ofSeconds(10), rebound).handle(call(), context);
        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(asked).hasValue(1);
    }

    @Test
    void hostThatIsNotKnownNowIsATemporaryFailure() {
        assertThatExceptionOfType(TemporaryFailure.class)
                .isThrownBy(() -> handler("200", true, Duration.ofSeconds(10), host -> {
                            throw new UnknownHostException(host);
                        })
                        .handle(call(), context));
    }

    @Test
    void endpointThatIsNotConfiguredIsAPermanentFailure() {
        assertThatExceptionOfType(PermanentFailure.class).isThrownBy(() -> handler("200", true, Duration.ofSeconds(10))
                .handle(new Call("other", null), context));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://example.org/", "/hook", "http:///hook", "http://user:word@example.org/", "http://a/#b"})
    void addressThatCannotBePostedToIsRefusedAtTheStart(String address) {
        Config config = new Config(Map.of("hook", URI.create(address)), false, Duration.ofSeconds(1));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new Endpoints(config, HttpHandlerTest::resolve))
                .withMessageContaining("drawdown.task.http.endpoints.hook");
    }
}
