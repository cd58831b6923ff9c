package io.drawdown.tasks.api;

import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class BatchTest {

    private static final String BATCH = TASKS + "/batch";

    private final String key = "key-" + UUID.randomUUID();

    @Test
    void eachTaskIsAcceptedOrRefusedAloneInTheOrderOfTheBatch() {
        // When
        JsonPath answer = batch("{'type':'echo','payload':{'n':1}},{'type':'nothing'},"
                        + "{'type':'sleep','payload':{'millis':'long'}},"
                        + "{'type':'echo','delay_seconds':60,'unique_key':'KEY'},{'type':'echo','unique_key':'KEY'},"
                        + "{'type':'echo','order_key':'o','delay_seconds':1}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        // Then
        assertThat(answer.getList("items.status", Integer.class)).containsExactly(202, 422, 400, 202, 200, 422);
        assertThat(answer.getString("items[1].problem.type")).isEqualTo("urn:drawdown:problem:unknown-task-type");
        assertThat(answer.getString("items[2].problem.detail"))
                .isEqualTo("payload.millis is not a whole number within its range");
        assertThat(answer.getString("items[4].task.id")).isEqualTo(answer.getString("items[3].task.id"));
        assertThat(awaitState(answer.getString("items[0].task.id"), "completed").getInt("result.n"))
                .isEqualTo(1);
    }

    @Test
    void aThousandTasksOfFourMebibytesAreAccepted() {
        // Given
        String word = "x".repeat(4_000);
        String tasks = IntStream.range(0, 1_000)
                .mapToObj(each -> "{'type':'echo','delay_seconds':3600,'payload':{'word':'" + word + "'}}")
                .collect(Collectors.joining(","));
        // When
        JsonPath answer = batch(tasks).then().statusCode(200).extract().jsonPath();
        // Then
        assertThat(answer.getList("items.status", Integer.class)).hasSize(1_000).containsOnly(202);
        assertThat(answer.getList("items.task.id", String.class)).doesNotHaveDuplicates();
    }

    @Test
    void tasksOfOneOrderKeyRunInTheOrderOfTheirBatch() {
        // Given
        String tasks = IntStream.range(0, 10)
                .mapToObj(each -> "{'type':'echo','order_key':'KEY'}")
                .collect(Collectors.joining(","));
        // When
        List<String> ids = batch(tasks).then().statusCode(200).extract().path("items.task.id");
        awaitState(ids.getLast(), "completed");
        // Then
        assertThat(ids)
                .extracting(id -> awaitState(id, "completed").getString("started_at"))
                .isSorted();
    }

    @Test
    void largerBatchesAndLargerTasksAreRefused() {
        // Given
        String most = IntStream.rangeClosed(0, 1_000)
                .mapToObj(each -> "{'type':'echo'}")
                .collect(Collectors.joining(","));
        String large = "{'type':'echo','payload':{'word':'" + "x".repeat(65_536) + "'}}";
        String huge = "{'type':'echo','payload':{'word':'" + "x".repeat(4 * 1024 * 1024) + "'}}";
        // When Then
        batch(most).then().statusCode(400).body("detail", containsString("tasks"));
        batch(large).then().statusCode(200).body("items[0].status", equalTo(413));
        batch(huge).then().statusCode(413);
        batch("").then().statusCode(400);
    }

    @Test
    void taskThatIsNoneIsRefusedAloneAndTheOthersAreAccepted() {
        // When
        JsonPath answer = batch("{'type':'echo','lane':'fast'},{'type':'echo'},{'type':'echo','retries':-1},"
                        + "{'type':'echo','more':1},{}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        // Then
        assertThat(answer.getList("items.status", Integer.class)).containsExactly(400, 202, 400, 400, 400);
        assertThat(answer.getString("items[0].problem.detail")).startsWith("lane is not one of");
        assertThat(answer.getString("items[2].problem.detail")).startsWith("retries ");
        assertThat(answer.getString("items[3].problem.detail")).isEqualTo("there is no field more");
        assertThat(answer.getString("items[4].problem.detail")).startsWith("type ");
    }

    @Test
    void batchOfWhatIsNoTaskAtAllIsRefusedAsAWhole() {
        batch("{'type':'echo'},5").then().statusCode(400).body("detail", containsString("tasks[1]"));
        batch("{'type':'echo'},null").then().statusCode(400).body("detail", containsString("tasks[1]"));
        batch("{'type':'echo','type':'sleep'}").then().statusCode(400).body("detail", containsString("type"));
    }

    @Test
    void repeatedBatchSendsNothingTwice() {
        // Given
        String tasks = "{'type':'echo'},{'type':'echo'}";
        Response first = keyed(tasks);
        // When
        Response second = keyed(tasks);
        Response other = keyed("{'type':'echo'},{'type':'sleep','payload':{'millis':0}}");
        // Then
        assertThat(first.header("Idempotency-Replayed")).isEqualTo("false");
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.jsonPath().getList("items.task.id"))
                .isEqualTo(first.jsonPath().getList("items.task.id"))
                .doesNotHaveDuplicates();
        assertThat(other.jsonPath().getList("items.status", Integer.class)).containsExactly(202, 422);
    }

    private Response keyed(String tasks) {
        return gateway().header("Idempotency-Key", key).body(body(tasks)).post(BATCH);
    }

    private Response batch(String tasks) {
        return gateway().body(body(tasks)).post(BATCH);
    }

    private String body(String tasks) {
        return ("{'tasks':[" + tasks.replace("KEY", key) + "]}").replace('\'', '"');
    }
}
