package io.drawdown.billing.api.run;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.TestProcesses.Waiting;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(BillingServers.class)
class ProcessesTest {

    @Inject
    Waiting waiting;

    private static JsonPath process(String name) {
        return Requests.read(Requests.PROCESSES).setRootPath("items.find { it.name == '" + name + "' }");
    }

    @Test
    void processesAreListedWithTheirSchedules() {
        // When
        JsonPath retention = process("run_retention");
        JsonPath counting = process("counting");
        // Then
        assertThat(retention.getString("schedule.cron")).isEqualTo("17 * * * *");
        assertThat(retention.getString("schedule.missed")).isEqualTo("once");
        assertThat(retention.getString("next_run_at")).isNull();
        assertThat(counting.getString("schedule")).isNull();
    }

    @Test
    void pausedProcessIsSkippedUntilItIsResumed() {
        // Given
        Requests.operator().post(Requests.PROCESSES + "/counting/pause").then().statusCode(200);
        // When
        JsonPath paused = Requests.worker("{\"processes\":[\"counting\"]}").jsonPath();
        boolean wasPaused = process("counting").getBoolean("paused");
        Requests.operator().post(Requests.PROCESSES + "/counting/resume").then().statusCode(200);
        JsonPath resumed = Requests.worker("{\"processes\":[\"counting\"]}").jsonPath();
        // Then
        assertThat(paused.getString("results.counting.state")).isEqualTo("skipped");
        assertThat(paused.getString("results.counting.reason")).isEqualTo("paused");
        assertThat(wasPaused).isTrue();
        assertThat(resumed.getString("results.counting.state")).isEqualTo("completed");
        assertThat(process("counting").getString("last_run.run")).isEqualTo(resumed.getString("address"));
        assertThat(process("counting").getInt("last_run.result.processed_count"))
                .isEqualTo(3);
    }

    @Test
    void operatorRunsOneProcessAndWhoeverComesMeanwhileIsShownThatRun() {
        // Given
        waiting.open(false);
        // When
        Response begun = Requests.operator().post(Requests.PROCESSES + "/waiting/run");
        Response other = Requests.operator().post(Requests.PROCESSES + "/counting/run");
        waiting.open(true);
        // Then
        begun.then().statusCode(202);
        other.then().statusCode(200);
        assertThat(begun.<String>path("trigger")).isEqualTo("operator");
        assertThat(begun.<String>path("by")).isEqualTo("olga");
        assertThat(other.<String>path("status")).isEqualTo("already_running");
        assertThat(begun.header("Location")).endsWith(other.path("address"));
        await().until(() ->
                Requests.read(begun.header("Location")).getString("status").equals("ended"));
    }

    @Test
    void runsAreListedInPagesTheLatestFirst() {
        // Given
        for (int each = 0; each < 3; each++) {
            Requests.worker("{\"processes\":[\"counting\"]}").then().statusCode(200);
        }
        // When
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (ids.size() < 3) {
            JsonPath page = Requests.read(Requests.RUNS + "?limit=1" + cursor);
            ids.addAll(page.getList("items.id"));
            cursor = "&cursor=" + page.getString("next_cursor");
        }
        // Then
        assertThat(Requests.read(Requests.RUNS + "?limit=3").getList("items.id", String.class))
                .isEqualTo(ids);
        assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void unknownProcessAndRunAreRefused() {
        // When
        Response process = Requests.operator().post(Requests.PROCESSES + "/nothing/pause");
        Response run = Requests.operator().get(Requests.RUNS + "/run_00000000000000000000000000");
        Response cursor = Requests.operator().get(Requests.RUNS + "?cursor=x");
        // Then
        assertThat(process.statusCode()).isEqualTo(422);
        assertThat(run.statusCode()).isEqualTo(404);
        assertThat(cursor.asString()).contains("invalid-cursor");
    }
}
