package io.drawdown.tasks.api;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.testing.Management;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.TASKS;
import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class StatsApiTest {

    private static final String STATS = TASKS + "/stats";

    private final String tenant = "t-" + UUID.randomUUID();

    @Test
    void whatThisInstanceDidIsToldAtOnce() {
        // Given
        int completed = stats().getInt("depth.completed");
        int waiting = stats().getInt("types.find { it.type == 'elsewhere' }.depth.pending");
        // When
        String id = accepted("{'type':'echo'}");
        awaitState(id, "completed");
        for (int each = 0; each < 3; each++) {
            accepted("{'type':'elsewhere','lane':'low','tenant':'" + tenant + "'}");
        }
        // Then
        JsonPath stats = stats();
        assertThat(stats.getInt("depth.completed")).isGreaterThan(completed);
        assertThat(stats.getInt("types.find { it.type == 'elsewhere' }.depth.pending"))
                .isGreaterThanOrEqualTo(waiting + 3);
        assertThat(stats.getInt("lanes.find { it.lane == 'low' }.depth.pending"))
                .isGreaterThanOrEqualTo(3);
        assertThat(stats.getDouble("types.find { it.type == 'echo' }.rates.completed_per_second"))
                .isPositive();
    }

    @Test
    void oldestWaitingAndTheCorrectionAreToldABitLater() {
        accepted("{'type':'elsewhere','tenant':'" + tenant + "'}");
        await().until(() -> stats().get("types.find { it.type == 'elsewhere' }.oldest_waiting_since") != null);
        await().until(() -> stats().get("corrected_at") != null);
    }

    @Test
    void allKnownTypesAndLanesAreThere() {
        read().body("types.type", hasItems("echo", "sleep", "elsewhere"))
                .body("lanes.lane", equalTo(List.of("urgent", "high", "normal", "low")))
                .body("health.level", notNullValue())
                .body("utilisation.slots", greaterThan(0));
    }

    @Test
    void aUserSeesNoNumbersOfOthers() {
        as("ada", Role.USER).get(STATS).then().statusCode(403);
        as("olga", Role.OPERATOR).get(STATS).then().statusCode(200);
        as("shop", Role.SERVICE).get(STATS).then().statusCode(200);
    }

    @Test
    void readinessAndMetricsTellTheSame() {
        // Given
        accepted("{'type':'elsewhere','tenant':'" + tenant + "'}");
        // When Then
        Management.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'core' }.data.health", notNullValue());
        await().until(() -> Management.get("/q/metrics")
                .asString()
                .lines()
                .anyMatch(line -> line.matches("drawdown_tasks_backlog\\{type=\"elsewhere\"} [1-9].*")));
        assertThat(Management.get("/q/metrics").asString())
                .contains(
                        "drawdown_tasks_waiting{lane=\"normal\",type=\"elsewhere\"}",
                        "drawdown_tasks_oldest_waiting_seconds{type=\"elsewhere\"}",
                        "drawdown_tasks_ended_total{outcome=\"completed\",type=\"echo\"}",
                        "drawdown_tasks_health");
    }

    private static JsonPath stats() {
        return read().extract().jsonPath();
    }

    private static ValidatableResponse read() {
        return gateway().get(STATS).then().statusCode(200);
    }
}
