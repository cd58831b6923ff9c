package io.drawdown.sessions.funding;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.trace.Spans;
import io.drawdown.sessions.api.SessionServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Over real HTTP: every route, and which fault each failure is. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class HttpCreditsClientTest {

    private static final AccountView MONEY =
            new AccountView(7, Credits.of(3), Credits.ZERO, Credits.of(3), Credits.ZERO, Credits.of(3));
    private static final Funding.Answer ANSWER = new Funding.Answer(Outcome.NO_HOLD, MONEY, null, null, null);
    private static final Funding.Renew RENEW = new Funding.Renew("acc", 1, 5);

    private static final String NO_TRACE = "null null";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpCreditsClient client;
    private volatile int status = 200;
    private volatile byte[] body = Json.bytes(ANSWER);

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret");
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = HttpCreditsClient.of(
                URI.create("http://localhost:" + server.getAddress().getPort()), token, Runnable::run, Spans.NONE);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestURI().getPath() + " " + request);
            Headers headers = exchange.getRequestHeaders();
            traces.add(headers.getFirst("traceparent") + " " + headers.getFirst("tracestate"));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void everyRouteIsAskedWithItsRecord() {
        // Given
        List<Uni<Funding.Answer>> questions = List.of(
                client.start("s", new Funding.Start("acc", "live"), new TraceContext("parent", "state")),
                client.cancelStart("s", new Funding.CancelStart("acc")),
                client.renew("s", RENEW, new TraceContext("unused", null)),
                client.takeover("s", new Funding.Takeover("acc", 2, 1, 9)),
                client.release(
                        "s", new Funding.Release("acc", 1, 5, EndReason.USER), new TraceContext("parent", null)));
        List<Funding.Answer> answers = new ArrayList<>();
        // When
        questions.forEach(question -> answers.add(now(question)));
        // Then
        assertThat(answers).hasSize(5).containsOnly(ANSWER);
        assertThat(traces).containsExactly("parent state", NO_TRACE, NO_TRACE, NO_TRACE, "parent null");
        assertThat(requests)
                .containsExactly(
                        "/api/v1/internal/sessions/s/start {\"account_id\":\"acc\",\"kind\":\"live\"}",
                        "/api/v1/internal/sessions/s/start/cancellation {\"account_id\":\"acc\"}",
                        "/api/v1/internal/sessions/s/renew {\"account_id\":\"acc\",\"epoch\":1,\"used_millis\":5}",
                        "/api/v1/internal/sessions/s/takeover {\"account_id\":\"acc\",\"epoch\":2,\"proof_epoch\":1,"
                                + "\"proof_used_millis\":9}",
                        "/api/v1/internal/sessions/s/release {\"account_id\":\"acc\",\"epoch\":1,\"used_millis\":5,"
                                + "\"reason\":\"user\"}");
    }

    @Test
    void anAnswerWithANewFieldIsRead() {
        // Given
        body = "{\"outcome\":\"no_hold\",\"of_a_later_version\":1}".getBytes(StandardCharsets.UTF_8);
        // When
        Funding.Answer answer = now(client.renew("s", RENEW, null));
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.NO_HOLD);
    }

    @Test
    void anAnswerThatCannotBeReadIsAnUnknownOutcome() {
        for (String answer : List.of("{}", "not json", "", "{\"outcome\":\"of a later version\"}")) {
            // Given
            body = answer.getBytes(StandardCharsets.UTF_8);
            // When
            Throwable fault = faultOf(client.renew("s", RENEW, null));
            // Then
            assertThat(fault).as(answer).isInstanceOf(OutcomeUnknown.class);
        }
    }

    @Test
    void onlyAProblemSaysThatNothingHappened() {
        // Given
        status = 503;
        for (ProblemType type : List.of(ProblemType.UNAVAILABLE, ProblemType.ACCOUNT_BUSY)) {
            body = problem(type);
            // When
            Throwable fault = faultOf(client.renew("s", RENEW, null));
            // Then
            assertThat(fault).isInstanceOf(Unavailable.class);
        }
        // When
        Stream<byte[]> others =
                Stream.of(problem(ProblemType.OUTCOME_UNKNOWN), new byte[0], "<html>".getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(others).allSatisfy(other -> {
            body = other;
            assertThat(faultOf(client.renew("s", RENEW, null))).isInstanceOf(OutcomeUnknown.class);
        });
    }

    @Test
    void aRequestThatIsNotAcceptedDidNotHappen() {
        // Given
        status = 403;
        body = problem(ProblemType.FORBIDDEN);
        // When
        Throwable fault = faultOf(client.renew("s", RENEW, null));
        // Then
        assertThat(fault).isInstanceOf(Unavailable.class);
    }

    @Test
    void aServerThatIsNotThereHeardNothing() {
        // Given
        server.stop(0);
        // When
        Throwable fault = faultOf(client.renew("s", RENEW, null));
        // Then
        assertThat(fault).isInstanceOf(Unavailable.class);
    }

    private static byte[] problem(ProblemType type) {
        return Json.bytes(Map.of("type", type.urn()));
    }

    private static Throwable faultOf(Uni<Funding.Answer> question) {
        return catchThrowable(() -> now(question));
    }

    private static Funding.Answer now(Uni<Funding.Answer> question) {
        return question.await().atMost(Duration.ofSeconds(10));
    }
}
