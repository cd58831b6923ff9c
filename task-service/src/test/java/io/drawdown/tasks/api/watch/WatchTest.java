package io.drawdown.tasks.api.watch;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/** Requests that wait and event streams, over real HTTP, database and broker. */
@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class WatchTest {

    private static final String LATER = "{'type':'echo','delay_seconds':3600}";
    private static final int MOST_PER_ACCOUNT = 64;

    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    LiveService live;

    private static HttpRequest request(String path, String subject, String role) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + TASKS + "/" + path))
                .header("Authorization", "Bearer " + TestTokens.of(subject, role))
                .timeout(Duration.ofSeconds(40))
                .build();
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        return http.sendAsync(request(path, "shop", Role.GATEWAY), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<Stream<String>>> stream(String id, String subject, String role) {
        return http.sendAsync(request(id + "/events", subject, role), BodyHandlers.ofLines());
    }

    private int taken() {
        return live.loop()
                .call(() -> Uni.createFrom().item(live.seats().taken()))
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private void awaitTaken(int clients) {
        await().until(() -> taken() == clients);
    }

    @Test
    void waitingRequestIsAnsweredByTheNextStep() {
        // Given
        String id = accepted(LATER);
        CompletableFuture<HttpResponse<String>> answer = ask(id + "?wait=30s");
        awaitTaken(1);
        // When
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        // Then
        assertThat(answer.join().body()).contains("\"state\":\"cancelled\"", "\"seq\":2");
        awaitTaken(0);
    }

    @Test
    void waitEndsAtOnceIfTheClientKnowsLessOrTheTaskIsOver() {
        // Given
        String waiting = accepted(LATER);
        String over = accepted("{'type':'echo'}");
        awaitState(over, "completed");
        // When Then
        gateway().get(TASKS + "/" + waiting + "?wait=30s&seen=0").then().statusCode(200);
        gateway().get(TASKS + "/" + waiting + "?wait=0s").then().statusCode(200).body("seq", equalTo(1));
        gateway().get(TASKS + "/" + over + "?wait=30s").then().body("state", equalTo("completed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=31s", "wait=5", "wait=-1s", "wait=1m", "wait=", "wait=1s&wait=2s", "wait=1s&seen=-1"})
    void waitThatIsNoneIsRefused(String query) {
        gateway()
                .get(TASKS + "/" + accepted(LATER) + "?" + query)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:drawdown:problem:invalid-request"));
    }

    @Test
    void clientThatHangsUpFreesItsPlace() throws IOException {
        // Given
        String id = accepted(LATER);
        // When
        for (String path : List.of(id + "?wait=30s", id + "/events")) {
            try (Socket client = new Socket("localhost", RestAssured.port)) {
                String token = TestTokens.of("shop", Role.GATEWAY);
                client.getOutputStream()
                        .write(("GET " + TASKS + "/" + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                        + "\r\n\r\n")
                                .getBytes(UTF_8));
                awaitTaken(1);
            }
            // Then
            awaitTaken(0);
        }
    }

    @Test
    void streamTellsTheTaskThenItsStepsAndProgressThenEnds() {
        // Given
        String id = accepted("{'type':'sleep','delay_seconds':3600,'payload':{'millis':1000},'tags':['nightly']}");
        CompletableFuture<HttpResponse<Stream<String>>> answer = stream(id, "shop", Role.GATEWAY);
        awaitTaken(1);
        // When
        HttpResponse<Stream<String>> response = answer.join();
        gateway().post(TASKS + "/" + id + "/run-now").then().statusCode(200);
        List<String> lines = response.body().toList();
        // Then
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(lines).filteredOn(line -> line.startsWith("event: ")).first().isEqualTo("event: task");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("data: ") && line.contains("\"type\":\"started\""))
                .singleElement()
                .asString()
                .contains("\"tags\":[\"nightly\"]");
        assertThat(lines).filteredOn("event: progress"::equals).hasSizeBetween(2, 6);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("data: "))
                .last()
                .asString()
                .contains("\"type\":\"completed\"");
        awaitTaken(0);
    }

    @Test
    void streamSaysWhetherTheBrokerIsAwayAndLooksAtTheTask() {
        // Given
        String id = accepted(LATER);
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> read = stream(id, "shop", Role.GATEWAY)
                .thenAcceptAsync(response -> response.body().forEach(lines::add));
        await().until(() -> lines.contains("event: task"));
        // When
        live.loop().execute(() -> live.tasks().brokerIsThere(false));
        await().until(() -> lines.contains("data: {\"stale\":true}"));
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        read.join();
        live.loop().execute(() -> live.tasks().brokerIsThere(true));
        // Then
        assertThat(lines)
                .filteredOn(line -> line.startsWith("data: "))
                .last()
                .asString()
                .contains("cancelled");
    }

    @Test
    void whatTheCallerMayNotSeeIsNotThere() {
        String foreign = accepted(LATER);
        for (String path : List.of(foreign + "?wait=20s", foreign + "/events")) {
            as("eve", Role.USER)
                    .accept("*/*")
                    .get(TASKS + "/" + path)
                    .then()
                    .statusCode(404)
                    .contentType(startsWith("application/problem+json"))
                    .body("type", equalTo("urn:drawdown:problem:task-not-found"));
            RestAssured.given().get(TASKS + "/" + path).then().statusCode(401);
        }
        gateway().get(TASKS + "/tsk_/events").then().statusCode(400);
        gateway().get(TASKS + "/" + foreign + "/events?from=1").then().statusCode(400);
        gateway()
                .accept("application/json")
                .get(TASKS + "/" + foreign + "/events")
                .then()
                .statusCode(406);
        assertThat(taken()).isZero();
    }

    @Test
    void oneAccountHasSoManyPlaces() {
        // Given
        String ada = "ada-" + UUID.randomUUID();
        String id = as(ada, Role.USER)
                .body(LATER.replace('\'', '"'))
                .post(TASKS)
                .then()
                .extract()
                .path("id");
        List<CompletableFuture<HttpResponse<Stream<String>>>> open = new ArrayList<>();
        for (int each = 0; each < MOST_PER_ACCOUNT; each++) {
            open.add(stream(id, ada, Role.USER));
        }
        awaitTaken(MOST_PER_ACCOUNT);
        // When Then
        for (String path : List.of(id + "?wait=20s", id + "/events")) {
            as(ada, Role.USER)
                    .accept("*/*")
                    .get(TASKS + "/" + path)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", equalTo("1"))
                    .body("type", equalTo("urn:drawdown:problem:rate-limited"));
        }
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        open.forEach(each -> each.join().body().forEach(line -> {}));
        awaitTaken(0);
    }

    @Test
    void streamEndsWhenTheTokenExpires() {
        // Given
        String id = accepted(LATER);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + TASKS + "/" + id + "/events"))
                .header("Authorization", "Bearer " + TestTokens.validFor(Duration.ofSeconds(2), "shop", Role.GATEWAY))
                .build();
        // When
        List<String> lines =
                http.sendAsync(request, BodyHandlers.ofLines()).join().body().toList();
        // Then
        assertThat(lines).contains("event: task").noneMatch(line -> line.contains("cancelled"));
        awaitTaken(0);
    }
}
