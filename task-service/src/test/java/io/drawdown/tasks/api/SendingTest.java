package io.drawdown.tasks.api;

import io.drawdown.kit.security.Role;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitOver;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static io.drawdown.tasks.api.Requests.read;
import static io.drawdown.tasks.api.Requests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class SendingTest {

    private final String key = "key-" + UUID.randomUUID();

    @Test
    void taskIsRunAndItsResultIsShown() {
        // When
        Response answer = send("{'type':'echo','payload':{'b':1,'a':[1.5,null,'x']},'tags':['t','t']}");
        // Then
        String id = answer.then().statusCode(202).extract().path("id");
        assertThat(answer.header("Location")).endsWith(TASKS + "/" + id);
        assertThat(answer.header("Idempotency-Replayed")).isEqualTo("false");
        JsonPath task = awaitOver(id);
        assertThat(task.getString("state")).isEqualTo("completed");
        assertThat(task.getMap("result")).isEqualTo(task.getMap("payload"));
        assertThat(task.getList("tags")).containsExactly("t");
        assertThat(task.getString("tenant")).isEqualTo("shop");
        assertThat(task.getInt("runs")).isEqualTo(1);
        assertThat(task.getList("attempts")).hasSize(1);
        assertThat(task.getString("completed_at")).isNotNull();
    }

    @Test
    void failedAttemptIsShownAndFollowedByAnother() {
        // When
        JsonPath task = awaitOver(
                accepted(
                        "{'type':'sleep','payload':{'millis':1,'fail_times':1},'first_backoff_seconds':0,'longest_backoff_seconds':0}"));
        // Then
        assertThat(task.getString("state")).isEqualTo("completed");
        assertThat(task.getInt("retry_count")).isEqualTo(1);
        assertThat(task.getString("attempts[0].failure.reason")).isEqualTo("temporary");
        assertThat(task.getString("attempts[0].failure.message")).isEqualTo("attempt 1 of 1 that fail");
        assertThat(task.getInt("result.attempt")).isEqualTo(2);
        assertThat(task.getInt("progress")).isEqualTo(100);
        assertThat(task.getString("log[0].text")).isEqualTo("slept for 1 ms");
    }

    @Test
    void taskWithoutRetriesIsDeadAfterOneFailureAndFailedAfterAPermanentOne() {
        // When
        JsonPath dead = awaitOver(accepted("{'type':'sleep','payload':{'millis':0,'fail_times':1},'retries':0}"));
        JsonPath failed =
                awaitOver(accepted("{'type':'sleep','payload':{'millis':0,'fail_times':1,'permanent':true}}"));
        // Then
        assertThat(dead.getString("state")).isEqualTo("dead");
        assertThat(failed.getString("state")).isEqualTo("failed");
        assertThat(failed.getString("error.reason")).isEqualTo("permanent");
    }

    @Test
    void attemptThatTakesTooLongIsStopped() {
        // When
        JsonPath task =
                awaitOver(accepted("{'type':'sleep','payload':{'millis':60000},'timeout_seconds':1,'retries':0}"));
        // Then
        assertThat(task.getString("error.reason")).isEqualTo("timeout");
    }

    @Test
    void resultGoesAfterItsTimeAndItsTaskSaysSo() {
        // Given
        String id = accepted("{'type':'echo','payload':{'a':1},'result_ttl_seconds':0}");
        awaitState(id, "completed");
        // When
        await().until(() -> Boolean.TRUE.equals(read(id).get("result_expired")));
        // Then
        JsonPath task = read(id);
        assertThat(task.getString("state")).isEqualTo("completed");
        assertThat(task.getMap("$")).doesNotContainKey("result");
    }

    @Test
    void recordGoesAfterItsTime() {
        // Given
        String id = accepted("{'type':'echo','keep_seconds':0}");
        // When, Then
        await().until(() -> gateway().get(TASKS + "/" + id).statusCode() == 404);
    }

    @Test
    void delayedTaskWaitsForItsTime() {
        // When
        JsonPath task = read(accepted("{'type':'echo','delay_seconds':3600}"));
        // Then
        assertThat(task.getString("state")).isEqualTo("scheduled");
        assertThat(task.getString("run_at")).isNotNull();
    }

    @Test
    void timeThatHasPassedMeansAtOnce() {
        assertThat(awaitOver(accepted("{'type':'echo','run_at':'2020-01-01T00:00:00Z'}"))
                        .getString("state"))
                .isEqualTo("completed");
    }

    @Test
    void sameKeyIsTheSameTaskHoweverItsBodyIsSpelled() {
        // Given
        String first = keyed("{'type':'echo','payload':{'a':1,'b':2}}", 202, "false");
        // When
        String second = keyed("{'lane':'normal','payload':{'b':2,'a':1},'type':'echo','delay_seconds':0}", 202, "true");
        // Then
        assertThat(second).isEqualTo(first);
        gateway()
                .header("Idempotency-Key", key)
                .body("{\"type\":\"echo\",\"payload\":{\"a\":2}}")
                .post(TASKS)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:drawdown:problem:idempotency-key-reused"));
    }

    @Test
    void keyOfAnotherCallerIsAnotherKey() {
        // Given
        String body = "{'type':'echo'}";
        String first = keyed(body, 202, "false");
        // When
        String second = as("shop", Role.USER)
                .header("Idempotency-Key", key)
                .body(body.replace('\'', '"'))
                .post(TASKS)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        // Then
        assertThat(second).isNotEqualTo(first);
    }

    private String keyed(String body, int status, String replayed) {
        Response answer = gateway()
                .header("Idempotency-Key", key)
                .body(body.replace('\'', '"'))
                .post(TASKS);
        assertThat(answer.header("Idempotency-Replayed")).isEqualTo(replayed);
        return answer.then().statusCode(status).extract().path("id");
    }

    @Test
    void taskWithAUniqueKeyStandsForAllWithItUntilItIsOver() {
        // Given
        String body = "{'type':'echo','delay_seconds':3600,'unique_key':'" + key + "'}";
        String holder = accepted(body);
        // When
        send(body).then().statusCode(200).body("id", equalTo(holder)).body("deduplicated", equalTo(true));
        send(body.replace("'echo'", "'sleep'").replace("'delay", "'payload':{'millis':0},'delay"))
                .then()
                .statusCode(202);
        gateway().post(TASKS + "/" + holder + "/run-now").then().statusCode(200);
        awaitState(holder, "completed");
        // Then
        send(body).then().statusCode(202).body("deduplicated", nullValue());
    }

    @Test
    void tasksOfAnOrderKeyRunOneAfterTheOther() {
        // Given
        String body = "{'type':'sleep','payload':{'millis':50},'order_key':'" + key + "'}";
        // When
        JsonPath first = awaitOver(accepted(body));
        JsonPath second = awaitOver(accepted(body));
        // Then
        assertThat(second.getString("started_at")).isGreaterThanOrEqualTo(first.getString("completed_at"));
        assertThat(second.getString("order_key")).isEqualTo(key);
    }
}
