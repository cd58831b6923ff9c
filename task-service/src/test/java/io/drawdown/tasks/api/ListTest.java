package io.drawdown.tasks.api;

import io.drawdown.kit.security.Role;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static io.drawdown.tasks.api.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class ListTest {

    private final String own = "t-" + UUID.randomUUID();

    @Test
    void everyTaskIsOnOnePageTheLatestFirst() {
        // Given
        String tasks = "{\"tasks\":[" + ("," + later("")).repeat(7).substring(1) + "]}";
        List<String> sent =
                gateway().body(tasks).post(TASKS + "/batch").jsonPath().getList("items.task.id");
        List<String> listed = new ArrayList<>();
        // When
        String cursor = "";
        while (cursor != null) {
            JsonPath page = list("tenant=" + own + "&limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            listed.addAll(page.getList("items.id"));
            cursor = page.getString("next_cursor");
        }
        // Then
        assertThat(listed).containsExactlyElementsOf(sent.reversed());
    }

    @Test
    void tasksAreFoundByEachOfTheirTraits() {
        // Given
        String id = send(",\"account\":\"" + own + "\",\"tags\":[\"a\",\"" + own + "\"],\"lane\":\"low\"");
        String other = send("");
        // When Then
        for (String trait : new String[] {"account=" + own, "tag=" + own, "tenant=" + own + "&lane=low"}) {
            assertThat(list(trait).getList("items.id")).containsExactly(id);
        }
        assertThat(list("type=echo&tenant=" + own + "&state=scheduled").getList("items.id"))
                .containsExactly(other, id);
        assertThat(list("type=sleep&tenant=" + own).getList("items.id")).isEmpty();
        assertThat(list("tenant=" + own + "&state=dead").getList("items.id")).isEmpty();
    }

    @Test
    void tasksAreFoundByWhenTheyWereSent() {
        // Given
        String id = send("");
        String at = read(id).getString("created_at");
        // When Then
        assertThat(list("tenant=" + own + "&created_from=" + at).getList("items.id"))
                .containsExactly(id);
        assertThat(list("tenant=" + own + "&created_until=" + at).getList("items.id"))
                .isEmpty();
    }

    @Test
    void tasksThatAreNotOverAreFoundByTheirStateAlone() {
        // Given
        String scheduled = send("");
        String running = accepted(
                "{'type':'sleep','payload':{'millis':60000},'order_key':'" + own + "','tenant':'" + own + "'}");
        String blocked = accepted("{'type':'echo','order_key':'" + own + "','tenant':'" + own + "'}");
        awaitState(running, "processing");
        // When Then
        assertThat(list("state=scheduled&limit=200").getList("items.id")).contains(scheduled);
        assertThat(list("state=processing&limit=200").getList("items.id")).contains(running);
        assertThat(list("state=pending&limit=200").getList("items.id"))
                .contains(blocked)
                .doesNotContain(running);
        gateway().post(TASKS + "/" + running + "/cancel").then().statusCode(200);
        awaitState(blocked, "completed");
    }

    @Test
    void listShowsNoPayloadAndNoResult() {
        // Given
        String id = accepted("{'type':'echo','payload':{'secret':1},'tenant':'" + own + "'}");
        awaitState(id, "completed");
        // When
        JsonPath page = list("tenant=" + own);
        // Then
        assertThat(page.getMap("items[0]"))
                .containsEntry("state", "completed")
                .doesNotContainKeys("payload", "result", "result_expired", "attempts", "log");
    }

    @Test
    void userListsTheirOwnTasksOnly() {
        // Given
        String id = as(own, Role.USER)
                .body(later(""))
                .post(TASKS)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        // When Then
        as(own, Role.USER).get(TASKS).then().statusCode(200).body("items.id", equalTo(List.of(id)));
        as("eve", Role.USER)
                .get(TASKS + "?tenant=" + own)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        as("eve", Role.USER).get(TASKS + "?account=" + own).then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 422, list-too-broad",
        "?state=dead, 422, list-too-broad",
        "?lane=low, 422, list-too-broad",
        "?type=echo&state=open, 400, invalid-request",
        "?type=echo&lane=fast, 400, invalid-request",
        "?type=Echo, 400, invalid-request",
        "?tag=a%20b, 400, invalid-request",
        "?type=echo&limit=0, 400, invalid-request",
        "?type=echo&limit=201, 400, invalid-request",
        "?type=echo&limit=x, 400, invalid-request",
        "?type=echo&created_from=today, 400, invalid-request",
        "?type=echo&created_until=, 400, invalid-request",
        "?type=echo&created_from=-1000000000-01-01T00:00:00Z, 400, invalid-request",
        "?type=echo&created_until=%2B1000000000-12-31T23:59:59Z, 400, invalid-request",
        "?type=echo&type=sleep, 400, invalid-request",
        "?type=echo&Limit=1, 400, invalid-request",
        "?type=echo&cursor=1, 400, invalid-cursor",
        "?type=echo&cursor=1.tsk_, 400, invalid-cursor"
    })
    void listThatIsNoneIsRefused(String query, int status, String problem) {
        gateway()
                .urlEncodingEnabled(false)
                .get(TASKS + query)
                .then()
                .statusCode(status)
                .body("type", equalTo("urn:drawdown:problem:" + problem));
    }

    private String send(String more) {
        return gateway()
                .body(later(more))
                .post(TASKS)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private String later(String more) {
        return "{\"type\":\"echo\",\"delay_seconds\":3600"
                + (more.contains("tenant") ? "" : ",\"tenant\":\"" + own + "\"") + more + "}";
    }

    private static JsonPath list(String query) {
        return gateway()
                .get(TASKS + "?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
