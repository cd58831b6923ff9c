package io.drawdown.tasks.api.bulk;

import io.drawdown.kit.security.Role;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class DeadLettersTest {

    private static final String DEAD_LETTERS = "/api/v1/dead-letters";
    private static final String DIES = "{\"type\":\"sleep\",\"payload\":{\"millis\":0,\"fail_times\":1},\"retries\":0}";

    @Test
    void tasksThatDiedInTheSameWayAreOneGroup() {
        // Given
        List<String> ids = sendDying(7);
        // When
        JsonPath groups = gateway()
                .get(DEAD_LETTERS + "?type=sleep")
                .then()
                .statusCode(200)
                .body("at_least", equalTo(false))
                .extract()
                .jsonPath();
        // Then
        String group = "items.find { it.reason == 'temporary' }.";
        assertThat(groups.getString(group + "type")).isEqualTo("sleep");
        assertThat(groups.getInt(group + "count")).isGreaterThanOrEqualTo(7);
        assertThat(groups.getList(group + "samples")).hasSize(3);
        assertThat(idsOf(groups.getString(group + "group"))).containsAll(ids).doesNotHaveDuplicates();
    }

    @Test
    void typeWithoutDeadTasksHasNoGroup() {
        gateway()
                .get(DEAD_LETTERS + "?type=elsewhere")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("counted", equalTo(0));
        gateway()
                .get(DEAD_LETTERS + "/" + "0".repeat(32))
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void userSeesNoGroups() {
        as("ada", Role.USER).get(DEAD_LETTERS).then().statusCode(403);
        as("ada", Role.USER).get(DEAD_LETTERS + "/" + "0".repeat(32)).then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "?type=Echo, 400, invalid-request",
        "?limit=0, 400, invalid-request",
        "?limit=201, 400, invalid-request",
        "?tenant=a, 400, invalid-request",
        "?type=echo&type=sleep, 400, invalid-request",
        "/abc, 400, invalid-request",
        "/00000000000000000000000000000000?cursor=1, 400, invalid-cursor",
        "/00000000000000000000000000000000?limit=201, 400, invalid-request"
    })
    void whatIsNoGroupIsRefused(String address, int status, String problem) {
        gateway()
                .urlEncodingEnabled(false)
                .get(DEAD_LETTERS + address)
                .then()
                .statusCode(status)
                .body("type", equalTo("urn:drawdown:problem:" + problem));
    }

    private static List<String> sendDying(int count) {
        List<String> ids = gateway()
                .body("{\"tasks\":[" + (DIES + ",").repeat(count - 1) + DIES + "]}")
                .post(TASKS + "/batch")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.task.id");
        ids.forEach(id -> awaitState(id, "dead"));
        return ids;
    }

    private static List<String> idsOf(String group) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = gateway()
                    .get(DEAD_LETTERS + "/" + group + "?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("items.id"));
            cursor = page.getString("next_cursor");
        }
        return ids;
    }
}
