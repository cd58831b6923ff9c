package io.drawdown.tasks.api.bulk;

import io.drawdown.kit.security.Role;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitOver;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static io.drawdown.tasks.api.Requests.operator;
import static io.drawdown.tasks.api.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class ActionsTest {

    private static final int MANY = 1_000;

    private final String own = "t-" + UUID.randomUUID();
    private final String ofOwn = "'filter':{'tenant':'" + own + "'}";
    private final String waiting = task("'delay_seconds':3600");

    @Test
    void waitingTasksOfATenantAreCancelled() {
        // Given
        List<String> ids = sendAll(3, waiting);
        sendAll(1, task("'order_key':'k'")).forEach(id -> awaitState(id, "completed"));
        // When
        JsonPath action = done("{'action':'cancel'," + ofOwn + "}");
        // Then
        assertThat(action.getInt("result.matched")).isEqualTo(4);
        assertThat(action.getInt("result.done")).isEqualTo(3);
        assertThat(action.getInt("result.skipped.over")).isEqualTo(1);
        assertThat(action.getInt("progress")).isEqualTo(100);
        assertThat(action.getString("progress_note")).isEqualTo("4 of 4");
        assertThat(ids).allMatch(id -> read(id).getString("state").equals("cancelled"));
    }

    @Test
    void cancelledTasksLiveAgainAndWaitingOnesAreMoved() {
        // Given
        List<String> ids = sendAll(3, waiting);
        // When
        JsonPath moved = done("{'action':'move','lane':'low'," + ofOwn + "}");
        done("{'action':'cancel'," + ofOwn + "}");
        JsonPath retried = done("{'action':'retry'," + ofOwn + ",'limit':2}");
        // Then
        assertThat(moved.getInt("result.done")).isEqualTo(3);
        assertThat(retried.getInt("result.done")).isEqualTo(2);
        assertThat(retried.getString("result.next_cursor")).endsWith(ids.get(1));
        assertThat(ids).allMatch(id -> read(id).getString("lane").equals("low"));
        assertThat(ids).extracting(id -> read(id).getInt("life")).containsExactly(1, 2, 2);
    }

    @Test
    void dryRunDoesNothing() {
        // Given
        List<String> ids = sendAll(3, waiting);
        // When
        Response answer = ask("{'action':'cancel','dry_run':true," + ofOwn + "}");
        // Then
        answer.then()
                .statusCode(200)
                .body("preview.matched", equalTo(3))
                .body("preview.doable", equalTo(3))
                .body("task", nullValue());
        assertThat(ids).allMatch(id -> read(id).getString("state").equals("scheduled"));
    }

    @Test
    void thousandTasksThatDiedOfOneCauseAreReplayedByOneCall() {
        // Given
        String dies = "{'type':'sleep','payload':{'millis':0,'fail_times':1},'retries':0,'tenant':'" + own + "'}";
        List<String> ids = sendAll(MANY, dies);
        await().atMost(Duration.ofMinutes(2)).until(() -> count("dead") == MANY);
        String group = operator()
                .get("/api/v1/dead-letters?type=sleep")
                .then()
                .body("items[0].samples.message", hasItem("attempt 1 of 1 that fail"))
                .extract()
                .path("items[0].group");
        replay(group, "{\"dry_run\":true}").then().statusCode(200);
        assertThat(count("dead")).isEqualTo(MANY);
        // When
        String action = replay(group, "{}").then().statusCode(202).extract().path("task.id");
        // Then
        await().atMost(Duration.ofMinutes(2)).until(() -> count("completed") == MANY);
        assertThat(awaitOver(action).getInt("result.done")).isGreaterThanOrEqualTo(MANY);
        assertThat(read(ids.getFirst()).getInt("life")).isEqualTo(2);
    }

    @Test
    void sameRequestWithTheSameKeyActsOnce() {
        // Given
        String body = ("{'action':'cancel'," + ofOwn + "}").replace('\'', '"');
        String first = keyed(body).then().statusCode(202).extract().path("task.id");
        // When Then
        keyed(body).then().statusCode(202).body("task.id", equalTo(first)).header("Idempotency-Replayed", "true");
        keyed(body.replace("cancel", "retry")).then().statusCode(422);
    }

    @Test
    void userActsOnTheTasksOfTheirOwnAccountOnly() {
        // Given
        String foreign = sendAll(1, waiting).getFirst();
        as(own, Role.USER).body(waiting.replace('\'', '"')).post(TASKS).then().statusCode(202);
        // When
        String action = as("eve", Role.USER)
                .body(("{'action':'cancel'," + ofOwn + "}").replace('\'', '"'))
                .post(TASKS + "/actions")
                .then()
                .statusCode(202)
                .body("task.account", equalTo("eve"))
                .extract()
                .path("task.id");
        // Then
        assertThat(awaitOver(action).getInt("result.matched")).isZero();
        assertThat(read(foreign).getString("state")).isEqualTo("scheduled");
        as("eve", Role.USER)
                .body("{\"action\":\"cancel\",\"filter\":{\"account\":\"" + own + "\"}}")
                .post(TASKS + "/actions")
                .then()
                .statusCode(403);
    }

    @Test
    void gatewayNamesAnAccountOrATenantAndReplaysNoGroup() {
        gateway()
                .body("{\"action\":\"cancel\",\"filter\":{\"type\":\"echo\"}}")
                .post(TASKS + "/actions")
                .then()
                .statusCode(403);
        gateway()
                .body("{}")
                .post("/api/v1/dead-letters/" + "0".repeat(32) + "/replay")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "422 | list-too-broad  | {'action':'cancel','filter':{}}",
                "422 | list-too-broad  | {'action':'retry','filter':{'state':'dead'}}",
                "400 | invalid-request | {'action':'move','filter':{'type':'echo'}}",
                "400 | invalid-request | {'action':'cancel','lane':'low','filter':{'type':'echo'}}",
                "400 | invalid-request | {'action':'cancel','filter':{'type':'echo'},'limit':10001}",
                "400 | invalid-request | {'action':'cancel','filter':{'type':'echo'},'cursor':'x'}"
            })
    void actionThatCannotBeIsRefused(int status, String problem, String body) {
        ask(body).then().statusCode(status).body("type", equalTo("urn:drawdown:problem:" + problem));
    }

    private String task(String more) {
        return "{'type':'echo','tenant':'" + own + "'," + more + "}";
    }

    private static List<String> sendAll(int count, String task) {
        String body = "{\"tasks\":[" + (task + ",").repeat(count - 1) + task + "]}";
        return gateway()
                .body(body.replace('\'', '"'))
                .post(TASKS + "/batch")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.task.id");
    }

    private int count(String state) {
        int count = 0;
        String cursor = "";
        while (cursor != null) {
            JsonPath page = gateway()
                    .get(TASKS + "?limit=200&tenant=" + own + "&state=" + state
                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .jsonPath();
            count += page.getList("items").size();
            cursor = page.getString("next_cursor");
        }
        return count;
    }

    private static Response ask(String body) {
        return operator().body(body.replace('\'', '"')).post(TASKS + "/actions");
    }

    private static Response replay(String group, String body) {
        return operator().body(body).post("/api/v1/dead-letters/" + group + "/replay");
    }

    private Response keyed(String body) {
        return operator().header("Idempotency-Key", own).body(body).post(TASKS + "/actions");
    }

    /** The task of an action that is completed. */
    private static JsonPath done(String body) {
        String id = ask(body)
                .then()
                .statusCode(202)
                .body("task.type", equalTo("bulk_action"))
                .extract()
                .path("task.id");
        return awaitState(id, "completed");
    }
}
