package io.drawdown.tasks.api;

import io.drawdown.kit.security.Role;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static io.drawdown.tasks.api.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class WhyTest {

    private final String own = "t-" + UUID.randomUUID();

    @Test
    void scheduledTaskWaitsForItsTime() {
        String id = accepted("{'type':'echo','delay_seconds':3600}");
        why(id).body("cause", equalTo("scheduled"))
                .body("until", equalTo(read(id).getString("run_at")))
                .body("predicted_start", equalTo(read(id).getString("run_at")));
    }

    @Test
    void failedTaskWaitsForItsNextAttempt() {
        String id = accepted("{'type':'sleep','payload':{'millis':0,'fail_times':1},"
                + "'first_backoff_seconds':86400,'longest_backoff_seconds':86400}");
        awaitState(id, "scheduled");
        why(id).body("cause", equalTo("retry"));
    }

    @Test
    void taskOfAnOrderKeyWaitsForTheOneBeforeIt() {
        // Given
        String body = "{'type':'sleep','payload':{'millis':60000},'order_key':'" + own + "'}";
        String first = accepted(body);
        String second = accepted(body);
        awaitState(first, "processing");
        // When Then
        why(first).body("cause", equalTo("running"));
        why(second).body("cause", equalTo("order-key")).body("blocked_by", equalTo(first));
        for (String id : new String[] {second, first}) {
            gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        }
        awaitState(first, "cancelled");
        why(first).body("cause", equalTo("over"));
    }

    @Test
    void taskOfAnotherAccountThatIsBeforeItIsNotNamed() {
        // Given
        String body = "{'type':'sleep','payload':{'millis':60000},'order_key':'k','tenant':'" + own + "','account':'";
        String foreign = accepted(body + "eve'}");
        String id = accepted(body + own + "'}");
        // When Then
        as(own, Role.USER)
                .get(TASKS + "/" + id + "/why")
                .then()
                .statusCode(200)
                .body("cause", equalTo("order-key"))
                .body("blocked_by", nullValue())
                .body("explanation", not(containsString(foreign)));
        for (String each : new String[] {id, foreign}) {
            gateway().post(TASKS + "/" + each + "/cancel").then().statusCode(200);
        }
    }

    @Test
    void taskWithoutAHandlerHereWaitsBehindThoseOfItsTenant() {
        // Given
        String body = "{'type':'elsewhere','tenant':'" + own + "','lane':'low'}";
        accepted(body);
        accepted(body);
        String third = accepted(body);
        // When Then
        why(third)
                .body("cause", equalTo("no-handler-here"))
                .body("ahead", equalTo(2))
                .body("tenants", greaterThanOrEqualTo(1)) // other tests have tasks that wait there, too
                .body("unpredictable", equalTo("its workers are elsewhere"));
    }

    @Test
    void tasksBeforeItAreCountedUpToAThousand() {
        // Given
        String task = "{'type':'elsewhere','tenant':'" + own + "'}";
        String last = lastOf(501, task);
        why(last).body("ahead", equalTo(500)).body("ahead_is_more", nullValue());
        // When
        last = lastOf(501, task);
        // Then
        why(last)
                .body("ahead", equalTo(1_000))
                .body("ahead_is_more", equalTo(true))
                .body("explanation", containsString("more than 1000"))
                .body("predicted_start", nullValue());
    }

    @Test
    void startOfATaskWhoseTurnWillComeIsPredicted() {
        // Given: more than run at the same time
        String last = lastOf(70, "{'type':'sleep','payload':{'millis':60000},'tenant':'" + own + "'}");
        // When, Then
        await().untilAsserted(() -> why(last) // the starts are told with the next renewal
                .body("cause", equalTo("turn"))
                .body("ahead", greaterThanOrEqualTo(1))
                .body("tenants", greaterThanOrEqualTo(1))
                .body("predicted_start", notNullValue())
                .body("unpredictable", nullValue()));
    }

    @Test
    void predictionIsWhoIsAheadTimesTheTenantsByTheStartsPerSecond() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Why.predicted(now, 30, 4, 2)).isEqualTo(now.plusSeconds(60));
        assertThat(Why.predicted(now, 30, 0, 2)).isEqualTo(now.plusSeconds(15));
        assertThat(Why.predicted(now, 0, 4, 0.1)).isEqualTo(now);
    }

    private static String lastOf(int count, String task) {
        String tasks = String.join(",", Collections.nCopies(count, task)).replace('\'', '"');
        List<String> ids = gateway()
                .body("{\"tasks\":[" + tasks + "]}")
                .post(TASKS + "/batch")
                .then()
                .statusCode(200)
                .extract()
                .path("items.task.id");
        return ids.getLast();
    }

    /** What is left of a test that fails must not take the slots of the next one. */
    @AfterEach
    void cancelAll() {
        String action = gateway()
                .body("{\"action\":\"cancel\",\"filter\":{\"tenant\":\"" + own + "\"}}")
                .post(TASKS + "/actions")
                .then()
                .statusCode(202)
                .extract()
                .path("task.id");
        awaitState(action, "completed");
    }

    @Test
    void taskOfAPausedQueueWaitsUntilItGoesOn() {
        // Given
        as("olga", Role.OPERATOR).post("/api/v1/queues/echo/pause").then().statusCode(200);
        String id = accepted("{'type':'echo','tenant':'" + own + "'}");
        // When Then
        why(id).body("cause", equalTo("queue-paused")).body("unpredictable", equalTo("its queue is paused"));
        as("olga", Role.OPERATOR).post("/api/v1/queues/echo/resume").then().statusCode(200);
        awaitState(id, "completed");
    }

    @Test
    void whatACallerMayNotSeeIsNotExplained() {
        String id = accepted("{'type':'echo','delay_seconds':3600}");
        as("eve", Role.USER).get(TASKS + "/" + id + "/why").then().statusCode(404);
        gateway().get(TASKS + "/tsk_0/why").then().statusCode(400);
    }

    private static ValidatableResponse why(String id) {
        return gateway().get(TASKS + "/" + id + "/why").then().statusCode(200).body("task_id", equalTo(id));
    }
}
