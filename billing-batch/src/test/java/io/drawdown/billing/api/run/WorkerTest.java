package io.drawdown.billing.api.run;

import com.mongodb.client.MongoClient;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.TestProcesses.Counting;
import io.drawdown.billing.testing.TestProcesses.Waiting;
import io.drawdown.kit.audit.OperatorActions;
import io.drawdown.kit.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(BillingServers.class)
class WorkerTest {

    @Inject
    Counting counting;

    @Inject
    Waiting waiting;

    @Inject
    MongoClient mongo;

    @ConfigProperty(name = "drawdown.database")
    String database;

    @BeforeEach
    void letGo() {
        waiting.open(true);
        waiting.begunAt.clear();
    }

    private static JsonPath ended(String address) {
        await().until(() -> Requests.read(address).getString("status").equals("ended"));
        return Requests.read(address);
    }

    @Test
    void withoutABodyAllProcessesRunAndTheFailureOfOneIsItsOwn() {
        // When
        Response response = Requests.cron().noContentType().post(Requests.WORKER);
        // Then
        JsonPath answer = response.then().statusCode(200).extract().jsonPath();
        assertThat(answer.getString("status")).isEqualTo("ended");
        assertThat(answer.getBoolean("success")).isFalse();
        assertThat(answer.getString("results.counting.state")).isEqualTo("completed");
        assertThat(answer.getInt("results.counting.processed_count")).isEqualTo(3);
        assertThat(answer.getString("results.failing.state")).isEqualTo("failed");
        assertThat(answer.getString("results.failing.error")).isEqualTo("java.lang.StackOverflowError");
        assertThat(answer.getString("results.failing.cursor")).isEqualTo("f-1");
        assertThat(answer.getString("results.run_retention.state")).isEqualTo("completed");
        assertThat(answer.getLong("duration_ms")).isNotNegative();
        assertThat(answer.getString("timestamp")).isNotBlank();
        assertThat(Requests.read(answer.getString("address")).getString("results.failing.state"))
                .isEqualTo("failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "a-secret-of-the-tests-0123456789abcde", "é"})
    void withoutTheSecretNothingIsBegunAndNothingIsTold(String secret) {
        // Given
        int before = counting.effects.get();
        // When
        Response response = RestAssured.given()
                .header("X-Worker-Secret", secret)
                .contentType(ContentType.JSON)
                .body("{")
                .post(Requests.WORKER);
        // Then
        response.then().statusCode(401);
        assertThat(response.asString())
                .contains("urn:drawdown:problem:unauthenticated")
                .doesNotContain("a-secret-of-the-tests");
        assertThat(counting.effects).hasValue(before);
    }

    @Test
    void eachUseOfTheSecretAndEachGuessIsLoggedAsAnAction() {
        // Given
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(OperatorActions.CATEGORY);
        Handler handler = handler(lines);
        log.addHandler(handler);
        // When
        Requests.worker("{\"processes\":[\"counting\"]}").then().statusCode(200);
        RestAssured.given()
                .header("X-Worker-Secret", "a-guess")
                .post(Requests.WORKER)
                .then()
                .statusCode(401);
        // Then
        await().until(() -> lines.size() == 2);
        log.removeHandler(handler);
        assertThat(lines.getFirst()).contains("operator=worker-secret action=run method=POST", "status=200");
        assertThat(lines.getLast())
                .contains("operator=worker-secret action=run", "status=401")
                .doesNotContain("guess");
    }

    private static Handler handler(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord event) {
                lines.add(event.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void asyncRunIsShownWhileItGoesOnAndOfManyCallsOneBeginsIt() throws Exception {
        // Given
        waiting.open(false);
        List<Callable<Response>> calls = new ArrayList<>();
        for (int each = 0; each < 64; each++) {
            calls.add(() -> Requests.cron()
                    .contentType(ContentType.JSON)
                    .header("Prefer", "respond-async")
                    .body("{\"processes\":[\"waiting\"]}")
                    .post(Requests.WORKER));
        }
        // When
        List<Response> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Response> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        // Then
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 202))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(63)
                .allMatch(answer -> answer.path("status").equals("already_running"));
        assertThat(answers.stream()
                        .map(answer -> answer.<String>path("address"))
                        .distinct())
                .hasSize(1);
        String address = answers.getFirst().path("address");
        await().until(() -> "waits".equals(Requests.read(address).getString("results.waiting.progress")));
        JsonPath live = Requests.read(address);
        assertThat(live.getString("results.waiting.state")).isEqualTo("running");
        assertThat(live.getInt("results.waiting.processed_count")).isEqualTo(5);
        waiting.open(true);
        assertThat(ended(address).getString("results.waiting.state")).isEqualTo("completed");
    }

    @Test
    void processOverItsBudgetStopsWithACursorAndTheNextRunGoesOnThere() {
        // Given
        waiting.open(false);
        // When
        JsonPath first = Requests.worker("{\"processes\":[\"waiting\"],\"budget_seconds\":1}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        waiting.open(true);
        JsonPath second = Requests.worker("{\"processes\":[\"waiting\"]}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        // Then
        assertThat(first.getString("results.waiting.state")).isEqualTo("partial");
        assertThat(first.getString("results.waiting.cursor")).isEqualTo("w-5");
        assertThat(first.getBoolean("success")).isTrue();
        assertThat(second.getString("results.waiting.state")).isEqualTo("completed");
        assertThat(waiting.begunAt).containsExactly("start", "w-5");
    }

    @Test
    void dryRunWritesNothingAndIsNotKept() {
        // Given
        Map<String, List<Document>> before = stored();
        int effects = counting.effects.get();
        // When
        Response response = Requests.worker("{\"dry_run\":true,\"as_of\":\"2027-01-01T00:00:00Z\"}");
        // Then
        JsonPath answer = response.then().statusCode(200).extract().jsonPath();
        assertThat(answer.getBoolean("dry_run")).isTrue();
        assertThat(answer.getString("as_of")).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(answer.getString("address")).isNull();
        assertThat(answer.getInt("results.counting.processed_count")).isEqualTo(3);
        assertThat(answer.getString("results.failing.state")).isEqualTo("failed");
        assertThat(counting.effects).hasValue(effects);
        assertThat(stored()).isEqualTo(before);
    }

    /** Everything but the leases, which are renewed meanwhile, and the flag of events, which are published meanwhile. */
    private Map<String, List<Document>> stored() {
        Map<String, List<Document>> all = new TreeMap<>();
        for (String collection : List.of("runs", "processes", "runner")) {
            List<Document> found =
                    mongo.getDatabase(database).getCollection(collection).find().into(new ArrayList<>());
            found.forEach(document -> document.remove("pending"));
            all.put(collection, found);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"as_of\":\"2027-01-01T00:00:00Z\"}",
                "{\"processes\":[]}",
                "{\"processes\":[\"Counting\"]}",
                "{\"processes\":[\"counting\",\"counting\"]}",
                "{\"budget_seconds\":0}",
                "{\"budget_seconds\":3601}",
                "{\"dry_run\":\"yes\"}",
                "{\"dry\":true}"
            })
    void requestThatContradictsItselfIsRefused(String body) {
        assertThat(Requests.worker(body).statusCode()).as(body).isEqualTo(400);
    }

    @Test
    void unknownProcessIsRefused() {
        // When
        Response response = Requests.worker("{\"processes\":[\"counting\",\"nothing\"]}");
        // Then
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.asString()).contains("urn:drawdown:problem:unknown-process");
    }

    @Test
    void runsAndProcessesAreMeasured() {
        // Given
        Requests.worker("{\"processes\":[\"counting\"]}").then().statusCode(200);
        // When
        String metrics = Management.get("/q/metrics").asString();
        // Then
        assertThat(metrics)
                .contains("drawdown_batch_runs_seconds_count")
                .contains("drawdown_batch_runs_late_total")
                .contains("drawdown_batch_processes_seconds_count{process=\"counting\",state=\"completed\"}")
                .contains("drawdown_batch_leased 1.0");
    }
}
