package io.drawdown.tasks.api;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.testing.Management;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static io.drawdown.tasks.api.Requests.inAMonth;
import static io.drawdown.tasks.api.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class ControlTest {

    private static final String LATER = "{'type':'echo','delay_seconds':3600}";

    private final String key = "key-" + UUID.randomUUID();

    @Test
    void waitingTaskIsCancelledAtOnce() {
        String id = accepted(LATER);
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
        gateway()
                .post(TASKS + "/" + id + "/run-now")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:task-not-waiting"));
    }

    @Test
    void runningTaskIsToldAndStops() {
        // Given
        String id = accepted("{'type':'sleep','payload':{'millis':60000}}");
        awaitState(id, "processing");
        gateway().post(TASKS + "/" + id + "/run-now").then().statusCode(200).body("state", equalTo("processing"));
        // When
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200).body("cancel_asked", equalTo(true));
        // Then
        JsonPath task = awaitState(id, "cancelled");
        assertThat(task.getString("attempts[0].failure.reason")).isEqualTo("cancelled");
    }

    @Test
    void nextLifeOfACancelledTaskBeginsOnce() {
        // Given
        String id = accepted(LATER);
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        // When
        gateway().post(TASKS + "/" + id + "/retry").then().statusCode(200).body("life", equalTo(2));
        awaitState(id, "completed");
        // Then
        gateway()
                .post(TASKS + "/" + id + "/retry")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:task-not-over"))
                .body("detail", equalTo("the task is completed"));
    }

    @Test
    void nextLifeWaitsUntilItsUniqueKeyIsFree() {
        // Given
        String body = "{'type':'echo','delay_seconds':3600,'unique_key':'" + key + "'}";
        String id = accepted(body);
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        String holder = accepted(body);
        // When Then
        gateway()
                .post(TASKS + "/" + id + "/retry")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:unique-key-held"))
                .body("detail", containsString(holder));
    }

    @Test
    void waitingTaskIsMovedToAnotherLaneAndTime() {
        // Given
        String id = accepted(LATER);
        String then = inAMonth();
        // When
        move(id, "{'lane':'urgent','run_at':'" + then + "'}", 200);
        // Then
        JsonPath task = read(id);
        assertThat(task.getString("lane")).isEqualTo("urgent");
        assertThat(task.getString("run_at")).isEqualTo(then);
        gateway().post(TASKS + "/" + id + "/run-now").then().statusCode(200);
        awaitState(id, "completed");
        move(id, "{'lane':'urgent'}", 409);
        move(id, "{}", 400);
    }

    @Test
    void taskWithAnOrderKeyHasNoTimeOfItsOwn() {
        // Given
        String id = accepted("{'type':'sleep','payload':{'millis':60000},'order_key':'" + key + "'}");
        // When Then
        move(id, "{'run_at':'" + inAMonth() + "'}", 422);
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
    }

    private static void move(String id, String body, int status) {
        gateway().body(body.replace('\'', '"')).patch(TASKS + "/" + id).then().statusCode(status);
    }

    @Test
    void userSeesAndChangesTheTasksOfTheirOwnAccountOnly() {
        // Given
        String ada = "ada-" + key;
        String own = as(ada, Role.USER)
                .body("{\"type\":\"echo\",\"delay_seconds\":3600}")
                .post(TASKS)
                .then()
                .statusCode(202)
                .body("account", equalTo(ada))
                .body("tenant", equalTo(ada))
                .extract()
                .path("id");
        String foreign = accepted(LATER);
        // When Then
        as(ada, Role.USER).get(TASKS + "/" + own).then().statusCode(200);
        as(ada, Role.USER).post(TASKS + "/" + own + "/cancel").then().statusCode(200);
        for (String id : new String[] {own, foreign}) {
            as("eve", Role.USER).get(TASKS + "/" + id).then().statusCode(404);
            for (String verb : new String[] {"cancel", "retry", "run-now"}) {
                as("eve", Role.USER).post(TASKS + "/" + id + "/" + verb).then().statusCode(404);
            }
            as("eve", Role.USER)
                    .body("{\"lane\":\"low\"}")
                    .patch(TASKS + "/" + id)
                    .then()
                    .statusCode(404);
        }
        assertThat(read(foreign).getString("state")).isEqualTo("scheduled");
    }

    @Test
    void userSendsForTheirOwnAccountAndTenantOnly() {
        for (String field : new String[] {"account", "tenant"}) {
            as("eve", Role.USER)
                    .body("{\"type\":\"echo\",\"" + field + "\":\"ada\"}")
                    .post(TASKS)
                    .then()
                    .statusCode(403);
        }
        as("eve", Role.USER)
                .body("{\"type\":\"echo\",\"account\":\"eve\",\"tenant\":\"eve\"}")
                .post(TASKS)
                .then()
                .statusCode(202);
    }

    @Test
    void userIsNotToldWhichForeignTaskHasTheirUniqueKey() {
        // Given
        String ada = "ada-" + key;
        String unique = ",\"delay_seconds\":3600,\"unique_key\":\"" + key + "\"}";
        gateway()
                .body("{\"type\":\"echo\",\"tenant\":\"" + ada + "\"" + unique)
                .post(TASKS)
                .then()
                .statusCode(202);
        // When Then
        as(ada, Role.USER)
                .body("{\"type\":\"echo\"" + unique)
                .post(TASKS)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:unique-key-held"));
    }

    @Test
    void serviceIsHealthyAndMeasured() {
        Management.get("/q/health/live").then().statusCode(200);
        Management.get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        awaitState(accepted("{'type':'echo'}"), "completed");
        assertThat(Management.get("/q/metrics").asString())
                .contains("drawdown_tasks_leased 1", "drawdown_tasks_runs_finished_total{type=\"echo\"}");
    }
}
