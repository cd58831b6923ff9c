package io.drawdown.tasks.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.TestSocket;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The socket over real HTTP, database and broker. */
@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class TaskLiveSocketTest {

    private static final String PATH = "/api/v1/tasks/live";
    private static final int MOST_SUBSCRIPTIONS = 20;
    private static final String TASKS = "/api/v1/tasks";

    private final String tag = "tag-" + UUID.randomUUID();

    @Inject
    LiveService live;

    private static RequestSpecification as(String subject, String role) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + TestTokens.of(subject, role))
                .contentType(ContentType.JSON);
    }

    private String send(String type, String more) {
        return as("shop", Role.GATEWAY)
                .body("{\"type\":\"" + type + "\",\"tags\":[\"" + tag + "\"]" + more + "}")
                .post(TASKS)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static void act(String id, String verb) {
        as("shop", Role.GATEWAY).post(TASKS + "/" + id + "/" + verb).then().statusCode(200);
    }

    private static TestSocket open(String subject, String role) {
        return TestSocket.withToken(PATH, TestTokens.of(subject, role));
    }

    private static List<String> steps(TestSocket client, String id) {
        return client.frames().stream()
                .filter(frame -> frame.path("type").asText().equals("step"))
                .map(frame -> frame.path("step"))
                .filter(step -> step.path("task_id").asText().equals(id))
                .map(step -> step.path("type").asText())
                .toList();
    }

    @Test
    void oneTaskIsToldFromItsSubscriptionToItsEnd() {
        // Given
        String id = send("sleep", ",\"delay_seconds\":3600,\"payload\":{\"millis\":1000}");
        try (TestSocket client = open("shop", Role.GATEWAY)) {
            client.say("type", "subscribe", "task", id);
            JsonNode answer = client.await("subscribed");
            // When
            act(id, "run-now");
            await().until(() -> steps(client, id).contains("completed"));
            // Then
            assertThat(answer.path("task").asText()).isEqualTo(id);
            assertThat(answer.at("/tasks/0/state").asText()).isEqualTo("scheduled");
            assertThat(steps(client, id)).endsWith("started", "completed").doesNotHaveDuplicates();
            assertThat(client.await("progress").at("/progress/task_id").asText())
                    .isEqualTo(id);
            assertThat(client.frames().getLast().path("type").asText()).isEqualTo("step");
        }
    }

    @Test
    void tagAndTypeAreToldOfTasksThatCome() {
        // Given
        String early = send("echo", ",\"delay_seconds\":3600");
        try (TestSocket client = open("billing", Role.SERVICE)) {
            client.say("type", "subscribe", "tag", tag);
            assertThat(client.await("subscribed").at("/tasks/0/id").asText()).isEqualTo(early);
            // When
            String late = send("echo", "");
            await().until(() -> steps(client, late).contains("completed"));
            client.say("type", "unsubscribe", "tag", tag);
            client.await("unsubscribed");
            client.say("type", "subscribe", "task_type", "echo");
            client.await("subscribed", 1);
            act(early, "cancel");
            await().until(() -> steps(client, early).contains("cancelled"));
            // Then
            assertThat(steps(client, late)).containsExactly("queued", "started", "completed");
        }
    }

    @Test
    void burstClosesNoClientThatTakesWhatItIsTold() {
        // Given
        int batches = 4;
        String task = "{\"type\":\"echo\",\"tags\":[\"" + tag + "\"]}";
        String batch = "{\"tasks\":[" + String.join(",", Collections.nCopies(1_000, task)) + "]}";
        try (TestSocket client = open("shop", Role.GATEWAY)) {
            client.say("type", "subscribe", "tag", tag);
            client.await("subscribed");
            // When
            for (int each = 0; each < batches; each++) {
                as("shop", Role.GATEWAY)
                        .body(batch)
                        .post(TASKS + "/batch")
                        .then()
                        .statusCode(200);
            }
            // Then
            await().atMost(Duration.ofMinutes(1)).until(() -> completed(client) == batches * 1_000L);
        }
    }

    private static long completed(TestSocket client) {
        return client.frames().stream()
                .filter(frame -> frame.at("/step/type").asText().equals("completed")
                        || frame.at("/task/state").asText().equals("completed"))
                .map(frame -> frame.at("/step/task_id").asText()
                        + frame.at("/task/id").asText())
                .distinct()
                .count();
    }

    @Test
    void userIsToldOfTheTasksOfTheirOwnAccountOnly() {
        // Given
        String foreign = send("echo", ",\"delay_seconds\":3600");
        String own = send("echo", ",\"delay_seconds\":3600,\"account\":\"" + tag + "\"");
        try (TestSocket client = open(tag, Role.USER)) {
            client.say("type", "subscribe", "task", foreign);
            client.say("type", "subscribe", "tag", tag);
            // When
            act(foreign, "cancel");
            act(own, "cancel");
            await().until(() -> steps(client, own).contains("cancelled"));
            // Then
            assertThat(client.await("unsubscribed").at("/problem/type").asText())
                    .isEqualTo("urn:drawdown:problem:task-not-found");
            assertThat(client.await("subscribed").path("tasks")).hasSize(1);
            assertThat(steps(client, foreign)).isEmpty();
        }
    }

    @Test
    void brokerThatIsAwayIsToldAndSingleTasksAreLookedAt() {
        // Given
        String id = send("echo", ",\"delay_seconds\":3600");
        try (TestSocket client = open("shop", Role.GATEWAY)) {
            client.say("type", "subscribe", "task", id);
            client.await("subscribed");
            // When
            live.loop().execute(() -> live.tasks().brokerIsThere(false));
            assertThat(client.await("stale").path("stale").asBoolean()).isTrue();
            act(id, "cancel");
            await().until(() -> client.frames().stream()
                    .anyMatch(frame -> frame.at("/task/state").asText().equals("cancelled")
                            || frame.at("/step/type").asText().equals("cancelled")));
            live.loop().execute(() -> live.tasks().brokerIsThere(true));
            // Then
            assertThat(client.await("stale", 1).path("stale").asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not JSON | malformed-json | not JSON",
                "[] | malformed-json | not one object",
                "{\"type\":\"start\"} | malformed-json | one of authenticate, subscribe, unsubscribe and ping",
                "{\"type\":\"subscribe\"} | invalid-request | one of task, tag and task_type",
                "{\"type\":\"subscribe\",\"tag\":\"a\",\"task_type\":\"b\"} | invalid-request | one of task, tag and task_type",
                "{\"type\":\"subscribe\",\"task\":\"7\"} | invalid-request | task is the id",
                "{\"type\":\"subscribe\",\"tag\":\"\"} | invalid-request | tag is no tag",
                "{\"type\":\"subscribe\",\"task_type\":\"A b\"} | invalid-request | task_type is no name",
                "{\"type\":\"subscribe\",\"tag\":7} | invalid-request | tag is not of the type",
                "{\"type\":\"subscribe\",\"tag\":\"a\",\"state\":\"dead\"} | invalid-request | there is no field state",
                "{\"type\":\"subscribe\",\"tag\":\"a\",\"tag\":\"b\"} | invalid-request | tag is there twice",
                "{\"type\":\"authenticate\"} | invalid-request | token",
                "{\"type\":\"authenticate\",\"token\":\"bad\"} | unauthenticated | not valid"
            })
    void badFrameIsAnsweredAndTheSocketGoesOn(String frame, String problem, String detail) {
        try (TestSocket client = open("shop", Role.GATEWAY)) {
            // When
            client.send(frame);
            JsonNode error = client.await("error");
            client.say("type", "ping");
            // Then
            assertThat(error.at("/problem/type").asText()).isEqualTo("urn:drawdown:problem:" + problem);
            assertThat(error.at("/problem/detail").asText()).contains(detail);
            client.await("pong");
        }
    }

    @Test
    void whatIsTooLargeTooMuchOrNoTextIsRefused() {
        try (TestSocket large = open("shop", Role.GATEWAY);
                TestSocket binary = open("shop", Role.GATEWAY);
                TestSocket many = open("shop", Role.GATEWAY);
                TestSocket flood = open("shop", Role.GATEWAY)) {
            // When
            large.send("{\"type\":\"ping\",\"x\":\"" + "x".repeat(20_000) + "\"}");
            binary.sendBinary(new byte[] {1});
            for (int each = 0; each <= MOST_SUBSCRIPTIONS; each++) {
                many.say("type", "subscribe", "tag", "tag-" + each);
            }
            flood.flood("{\"type\":\"ping\"}", 150);
            // Then
            assertThat(large.closeCode()).isEqualTo(1009);
            assertThat(binary.await("error").at("/problem/type").asText())
                    .isEqualTo("urn:drawdown:problem:malformed-json");
            assertThat(many.await("error").at("/problem/type").asText()).isEqualTo("urn:drawdown:problem:rate-limited");
            assertThat(flood.closeCode()).isEqualTo(4029);
        }
    }

    @Test
    void whoShowsNoValidTokenIsToldAndClosed() {
        try (TestSocket forged = TestSocket.withToken(PATH, TestTokens.forged("shop", Role.GATEWAY));
                TestSocket anonymous = TestSocket.anonymous(PATH);
                TestSocket brief =
                        TestSocket.withToken(PATH, TestTokens.validFor(Duration.ofSeconds(2), "shop", Role.GATEWAY))) {
            anonymous.say("type", "subscribe", "tag", tag);
            assertThat(forged.closeCode()).isEqualTo(4001);
            assertThat(anonymous.closeCode()).isEqualTo(4001);
            assertThat(brief.closeCode()).isEqualTo(4001);
            assertThat(brief.await("error").at("/problem/type").asText())
                    .isEqualTo("urn:drawdown:problem:unauthenticated");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X: y | 426 | upgrade-required | GET /api/v1/tasks/{id",
                "Upgrade: websocket | 403 | forbidden | origin",
            })
    void whatCannotBecomeASocketIsToldWhy(String header, int status, String problem, String detail) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            // When
            socket.getOutputStream()
                    .write(("GET " + PATH
                                    + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nOrigin: https://evil.example\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                                    + header
                                    + "\r\n\r\n")
                            .getBytes(UTF_8));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("}") < 0) {
                answer.append((char) socket.getInputStream().read());
            }
            // Then
            assertThat(answer.toString())
                    .startsWith("HTTP/1.1 " + status)
                    .contains("urn:drawdown:problem:" + problem, detail);
        }
    }
}
