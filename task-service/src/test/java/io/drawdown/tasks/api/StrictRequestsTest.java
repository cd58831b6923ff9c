package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.testing.WrongBodies;
import io.drawdown.tasks.api.bulk.ActionsResource;
import io.drawdown.tasks.api.bulk.DeadLettersResource;
import io.drawdown.tasks.api.lease.LeasesResource;
import io.drawdown.tasks.api.lease.RunResource;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Path;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.gateway;
import static io.drawdown.tasks.api.Requests.inAMonth;
import static io.drawdown.tasks.api.Requests.send;
import static io.drawdown.tasks.api.Requests.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/** Nothing that a client sends is ignored, guessed or read as something else; what is refused changes nothing. */
@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class StrictRequestsTest {

    /** Every field; some of them exclude each other, which is checked after each field. */
    private static final String TASK = "{\"type\":\"echo\",\"payload\":{\"a\":1},\"lane\":\"high\",\"tenant\":\"t\","
            + "\"account\":\"ada\",\"tags\":[\"t\"],\"parent\":\"tsk_01kb5xv3m80000q7w2e4r6t8y0\",\"unique_key\":\"u\","
            + "\"order_key\":\"o\",\"run_at\":\"" + inAMonth() + "\",\"delay_seconds\":1,"
            + "\"expires_at\":\"" + inAMonth() + "\",\"retries\":1,\"timeout_seconds\":1,"
            + "\"first_backoff_seconds\":1,\"longest_backoff_seconds\":2,\"result_ttl_seconds\":1,\"keep_seconds\":1}";

    private static final String ACTION = "{\"action\":\"move\",\"lane\":\"low\",\"run_at\":\"" + inAMonth() + "\","
            + "\"filter\":{\"account\":\"a\",\"type\":\"echo\",\"tag\":\"t\",\"tenant\":\"t\",\"lane\":\"high\","
            + "\"state\":\"scheduled\",\"created_from\":\"" + inAMonth() + "\",\"created_until\":\"" + inAMonth()
            + "\"},\"cursor\":\"1764407073529.tsk_01kb5xv3m80000q7w2e4r6t8y0\",\"limit\":1,\"dry_run\":false}";

    @Inject
    BeanManager beans;

    /** @param body one with every field */
    record Route(String method, String path, Class<?> type, String body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Route> routes() {
        return Stream.of(
                new Route("POST", TASKS, TaskRequest.class, TASK),
                new Route("POST", TASKS + "/actions", ActionsResource.ActionRequest.class, ACTION),
                new Route(
                        "POST",
                        "/api/v1/dead-letters/" + "0".repeat(32) + "/replay",
                        DeadLettersResource.ReplayRequest.class,
                        "{\"limit\":1,\"dry_run\":false}"),
                new Route(
                        "POST",
                        TASKS + "/leases",
                        LeasesResource.LeaseWish.class,
                        "{\"worker\":\"w\",\"types\":[\"elsewhere\"],\"max\":1,\"visibility_seconds\":1,\"wait_seconds\":0}"),
                new Route(
                        "POST",
                        TASKS + "/ID/extend",
                        RunResource.Extension.class,
                        "{\"fence\":1,\"visibility_seconds\":1,\"progress\":1,\"progress_note\":\"n\",\"log\":[\"l\"]}"),
                new Route(
                        "POST",
                        TASKS + "/ID/complete",
                        RunResource.Completion.class,
                        "{\"fence\":1,\"result\":{\"a\":1}}"),
                new Route(
                        "POST",
                        TASKS + "/ID/fail",
                        RunResource.Failure.class,
                        "{\"fence\":1,\"permanent\":false,\"error\":\"e\",\"message\":\"m\",\"retry_after_seconds\":1}"),
                new Route("POST", TASKS + "/batch", BatchResource.Batch.class, "{\"tasks\":[" + TASK + "]}"),
                new Route(
                        "PATCH",
                        TASKS + "/ID",
                        TaskResource.Move.class,
                        "{\"lane\":\"low\",\"run_at\":\"" + inAMonth() + "\"}"));
    }

    @Test
    void everyBodyOfTheServiceIsAmongThese() {
        // When
        Set<Class<?>> read = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .flatMap(method -> Arrays.stream(method.getParameters()))
                .filter(parameter -> parameter.isAnnotationPresent(NotNull.class))
                .<Class<?>>map(Parameter::getType)
                .collect(Collectors.toSet());
        // Then
        assertThat(routes().<Class<?>>map(Route::type).collect(Collectors.toSet()))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aFieldThatIsNotWhatItShouldBeIsNamedAndNothingChanges(Route route) {
        // Given
        String id = accepted("{'type':'echo','delay_seconds':3600}");
        String before = task(id);
        SoftAssertions softly = new SoftAssertions();
        // When
        for (WrongBodies.Wrong wrong : WrongBodies.of(route.type(), route.body())) {
            Response answer = request(route, id, wrong.body());
            softly.assertThat(answer.statusCode()).as(wrong.toString()).isIn(400, 422);
            softly.assertThat(answer.contentType()).as(wrong.toString()).startsWith("application/problem+json");
            softly.assertThat(String.valueOf(answer.jsonPath().getString("detail")))
                    .as(wrong.toString())
                    .contains(wrong.field())
                    .doesNotContain("java", "drawdown", "Jackson", "_Feature", "`");
        }
        // Then
        softly.assertThat(task(id)).isEqualTo(before);
        softly.assertAll();
    }

    @Test
    void aFieldOfATaskInABatchIsReadAsStrictlyAsThatOfATaskAlone() {
        // Given
        SoftAssertions softly = new SoftAssertions();
        // When
        for (WrongBodies.Wrong wrong : WrongBodies.of(TaskRequest.class, TASK)) {
            Response answer =
                    gateway().body("{\"tasks\":[" + wrong.body() + "]}").post(TASKS + "/batch");
            boolean isRead = answer.statusCode() == 200;
            String detail = answer.jsonPath().getString(isRead ? "items[0].problem.detail" : "detail");
            int status = isRead ? answer.jsonPath().getInt("items[0].status") : answer.statusCode();
            // Then
            softly.assertThat(status).as(wrong.toString()).isIn(400, 422);
            softly.assertThat(String.valueOf(detail))
                    .as(wrong.toString())
                    .containsAnyOf(wrong.field(), isRead ? wrong.field() : "tasks[0]")
                    .doesNotContain("java", "drawdown", "Jackson", "_Feature", "`");
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aBodyThatIsNotDeclaredAsJsonIsRefused(Route route) {
        // Given
        String id = accepted("{'type':'echo','delay_seconds':3600}");
        for (String type : new String[] {"", "*/*", "application/*", "text/json", "application/json;charset=utf-16"}) {
            // When
            RequestSpecification request = service();
            Response answer = (type.isEmpty() ? request.noContentType() : request.contentType(type))
                    .body(route.body().getBytes(StandardCharsets.UTF_8))
                    .request(route.method(), route.path().replace("ID", id));
            // Then
            assertThat(ProblemType.ofUrn(answer.jsonPath().getString("type")))
                    .as(type)
                    .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid-request         | exclude | {'type':'echo','run_at':'2020-01-01T00:00:00Z','delay_seconds':1}",
                "422 | ordered-task-with-time  |         | {'type':'echo','order_key':'o','delay_seconds':1}",
                "422 | unknown-task-type       | nothing | {'type':'nothing'}",
                "400 | invalid-request         | run_at  | {'type':'echo','run_at':'2099-01-01T00:00:00Z'}",
                "400 | invalid-request         | expires_at | {'type':'echo','expires_at':'2099-01-01T00:00:00Z'}",
                "400 | invalid-request         | expires_at | {'type':'echo','expires_at':'2020-01-01T00:00:00Z'}",
                "400 | invalid-request         | longest | {'type':'echo','first_backoff_seconds':3,'longest_backoff_seconds':2}",
                "400 | malformed-json          | payload.millis | {'type':'sleep','payload':{'millis':1.5}}",
                "400 | invalid-request         | payload.more | {'type':'sleep','payload':{'millis':1,'more':1}}",
                "400 | invalid-request         | millis  | {'type':'sleep','payload':{'millis':-1}}",
                "400 | malformed-json          | payload | {'type':'sleep'}",
                "400 | invalid-request         | actions | {'type':'bulk_action'}",
                "400 | invalid-request         | payload | {'type':'echo','payload':{'a':'\\ud800'}}"
            })
    void taskThatCannotBeIsRefused(int status, String problem, String named, String body) {
        send(body)
                .then()
                .statusCode(status)
                .body("type", equalTo("urn:drawdown:problem:" + problem))
                .body("detail", containsString(named == null ? "" : named));
    }

    /** Times are as RFC 3339 has them, and a task is due within a year. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "PATCH | /ID      | {'run_at':'2099-01-01T00:00:00Z'}",
                "PATCH | /ID      | {'run_at':'+1000000000-12-31T23:59:59Z'}",
                "POST  | ~~       | {'type':'echo','expires_at':'+1000000000-12-31T23:59:59Z'}",
                "POST  | ~~       | {'type':'echo','run_at':'-1000000000-01-01T00:00:00Z'}",
                "POST  | /actions | {'action':'move','run_at':'2099-01-01T00:00:00Z','filter':{'tenant':'t'}}",
                "POST  | /actions | {'action':'cancel','dry_run':true,'filter':{'tenant':'t','created_from':'-1000000000-01-01T00:00:00Z'}}"
            })
    void timeThatIsNoneOrTooFarAwayIsRefused(String method, String path, String body) {
        // Given
        String id = accepted("{'type':'echo','delay_seconds':3600}");
        String before = task(id);
        // When
        Response answer = service().body(body.replace('\'', '"')).request(method, TASKS + path.replace("ID", id));
        // Then
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(task(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /tsk_00000000000000000000000000, 404, task-not-found",
        "GET, /tsk_0, 400, invalid-request",
        "GET, /batch, 400, invalid-request",
        "GET, /tsk_00000000000000000000000000?wait=1, 400, invalid-request",
        "GET, /stats?type=echo, 400, invalid-request",
        "POST, /stats, 405, method-not-allowed",
        "POST, /tsk_00000000000000000000000000/cancel, 404, task-not-found",
        "POST, /tsk_00000000000000000000000000/retry, 404, task-not-found",
        "POST, /tsk_00000000000000000000000000/run-now, 404, task-not-found",
        "POST, /tsk_00000000000000000000000000/stop, 404, not-found",
        "DELETE, /tsk_00000000000000000000000000, 405, method-not-allowed",
        "PUT, '', 405, method-not-allowed"
    })
    void addressThatIsNoneIsAProblem(String method, String path, int status, String problem) {
        gateway()
                .urlEncodingEnabled(false)
                .request(method, TASKS + path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:drawdown:problem:" + problem));
    }

    @ParameterizedTest
    @CsvSource({"a b, idempotency-key-required", "., idempotency-key-required"})
    void keyThatIsNoneIsRefused(String key, String problem) {
        gateway()
                .header("Idempotency-Key", key)
                .body("{\"type\":\"echo\"}")
                .post(TASKS)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:drawdown:problem:" + problem));
    }

    @Test
    void payloadOfSixtyFourKibibytesIsTakenAndALongerOneIsNot() {
        // Given
        int frame = "{\"w\":\"\"}".length();
        String most = "x".repeat(65_536 - frame);
        // When Then
        send("{'type':'echo','payload':{'w':'" + most + "'}}").then().statusCode(202);
        send("{'type':'echo','payload':{'w':'x" + most + "'}}")
                .then()
                .statusCode(413)
                .body("detail", containsString("payload"));
        send("{'type':'echo','payload':{'w':'" + "x".repeat(98_304) + "'}}")
                .then()
                .statusCode(413);
    }

    @Test
    void callerNeedsAToken() {
        io.restassured.RestAssured.given()
                .get(TASKS + "/tsk_00000000000000000000000000")
                .then()
                .statusCode(401);
    }

    private static Response request(Route route, String id, String body) {
        return service().body(body).request(route.method(), route.path().replace("ID", id));
    }

    private static String task(String id) {
        return gateway().get(TASKS + "/" + id).asString();
    }
}
