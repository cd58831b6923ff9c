package io.drawdown.tasks.api.lease;

import io.drawdown.kit.security.Role;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.gateway;
import static io.drawdown.tasks.api.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class LeasesTest {

    private static final String TASK = "{'type':'leased','payload':{'to':'ada'}}";
    private static final String LEASES = TASKS + "/leases";

    private final String worker = "w-" + UUID.randomUUID();
    private String id = "";

    @AfterEach
    void leaveNothing() {
        gateway().post(TASKS + "/" + id + "/cancel");
    }

    @Test
    void leasedTaskIsCompletedByItsWorker() {
        // Given
        id = accepted(TASK);
        JsonPath lease = lease();
        assertThat(lease.getString("id")).isEqualTo(id);
        assertThat(lease.getString("payload.to")).isEqualTo("ada");
        assertThat(lease.getString("effect_key")).isEqualTo(id);
        assertThat(lease.getInt("attempt")).isEqualTo(1);
        // When
        Response answer = say("complete", "{'fence':1,'result':{'sent':1}}");
        // Then
        answer.then().statusCode(200).body("state", equalTo("completed")).body("cancel_asked", equalTo(false));
        assertThat(say("complete", "{'fence':1,'result':{'sent':1}}").asString())
                .isEqualTo(answer.asString());
        JsonPath task = read(id);
        assertThat(task.getInt("result.sent")).isEqualTo(1);
        assertThat(task.getString("attempts[0].worker")).isEqualTo("ext:shop:" + worker);
    }

    @Test
    void repeatWithTheSameKeyGetsTheSameLeases() {
        // Given
        id = accepted(TASK);
        Response first =
                leases(worker, "'max':1").then().statusCode(200).extract().response();
        // When
        Response second = leases(worker, "'max':1");
        // Then
        assertThat(second.asString()).isEqualTo(first.asString());
        second.then().header("Idempotency-Replayed", equalTo("true"));
        leases(worker, "'max':2")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:drawdown:problem:idempotency-key-reused"));
    }

    @Test
    void whatAnotherSubjectOrAnOldFenceSaysIsRefused() {
        // Given
        id = accepted(TASK);
        lease();
        // When Then
        say("extend", "{'fence':2}")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:run-lost"))
                .body("fence", equalTo(1))
                .body("state", equalTo("processing"))
                .body("cancel_asked", equalTo(false));
        as("billing", Role.SERVICE)
                .body("{\"fence\":1}")
                .post(TASKS + "/" + id + "/complete")
                .then()
                .statusCode(409);
        say("complete", "{'fence':1}").then().statusCode(200);
        say("complete", "{'fence':1,'result':{'other':1}}").then().statusCode(409);
        say("extend", "{'fence':1}").then().statusCode(409).body("state", equalTo("completed"));
    }

    @Test
    void extensionTellsThatTheTaskIsToBeCancelledAndKeepsWhatItReports() {
        // Given
        id = accepted(TASK);
        lease();
        say("extend", "{'fence':1,'progress':40,'progress_note':'half','log':['began']}")
                .then()
                .statusCode(200)
                .body("cancel_asked", equalTo(false));
        // When
        gateway().post(TASKS + "/" + id + "/cancel").then().statusCode(200);
        // Then
        say("extend", "{'fence':1}").then().statusCode(200).body("cancel_asked", equalTo(true));
        say("fail", "{'fence':1,'message':'stopped'}").then().statusCode(200).body("state", equalTo("cancelled"));
        JsonPath task = read(id);
        assertThat(task.getInt("progress")).isEqualTo(40);
        assertThat(task.getString("log[0].text")).isEqualTo("began");
    }

    @Test
    void failureIsTriedAgainUnlessItIsPermanent() {
        // Given
        id = accepted(TASK);
        lease();
        // When
        Response first = say("fail", "{'fence':1,'error':'Busy','message':'later','retry_after_seconds':0}");
        // Then
        first.then().statusCode(200).body("fence", equalTo(1));
        JsonPath again = lease();
        assertThat(again.getInt("attempt")).isEqualTo(2);
        say("fail", "{'fence':2,'permanent':true,'error':'Gone'}")
                .then()
                .statusCode(200)
                .body("state", equalTo("failed"));
        assertThat(read(id).getString("attempts[0].failure.error")).isEqualTo("Busy");
        assertThat(read(id).getString("error.error")).isEqualTo("Gone");
    }

    @Test
    void onlyTypesOfWorkersElsewhereAreLeased() {
        wish("{'worker':'w','types':['echo']}", Role.GATEWAY)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:drawdown:problem:task-type-not-external"));
        wish("{'worker':'w','types':['nothing']}", Role.GATEWAY)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:drawdown:problem:unknown-task-type"));
        wish("{'worker':'w','types':['leased'],'visibility_seconds':86400}", Role.SERVICE)
                .then()
                .statusCode(400)
                .body("detail", containsString("visibility_seconds"));
        wish("{'worker':'w','types':['leased']}", Role.USER).then().statusCode(403);
        wish("{'worker':'w','types':['leased']}", Role.OPERATOR).then().statusCode(403);
    }

    @Test
    void resultIsBounded() {
        // Given
        id = accepted(TASK);
        lease();
        String frame = "{'w':''}";
        String most = "x".repeat(256 * 1024 - frame.length());
        // When Then
        say("complete", "{'fence':1,'result':{'w':'x" + most + "'}}")
                .then()
                .statusCode(413)
                .body("detail", containsString("result"));
        say("complete", "{'fence':1,'result':{'w':'" + most + "'}}").then().statusCode(200);
    }

    /** The one lease of this worker; a run after a failure is another request. */
    private JsonPath lease() {
        Response answer = wish("{'worker':'" + worker + "','types':['leased'],'wait_seconds':20}", Role.GATEWAY);
        answer.then().statusCode(200);
        JsonPath lease = answer.jsonPath();
        lease.setRootPath("items[0]");
        return lease;
    }

    private Response leases(String key, String more) {
        String body = "{'worker':'" + worker + "','types':['leased']," + more + "}";
        return gateway()
                .header("Idempotency-Key", key)
                .body(body.replace('\'', '"'))
                .post(LEASES);
    }

    private static Response wish(String body, String role) {
        return as("shop", role).body(body.replace('\'', '"')).post(LEASES);
    }

    private Response say(String what, String body) {
        return gateway().body(body.replace('\'', '"')).post(TASKS + "/" + id + "/" + what);
    }
}
