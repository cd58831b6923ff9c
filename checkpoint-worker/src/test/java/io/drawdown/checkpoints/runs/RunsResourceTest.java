package io.drawdown.checkpoints.runs;

import io.drawdown.checkpoints.WorkerServers;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(WorkerServers.class)
class RunsResourceTest {

    private static final String RUNS = "/api/v1/checkpoints/runs";
    private static final Path DOCUMENT = Path.of("../docs/openapi/checkpoint-worker.yaml");

    @Inject
    MongoRuns runs;

    @Inject
    RunRetention retention;

    @Test
    void everyRunIsStoredAndPagesListThem() {
        // Given
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ids(page("?limit=200")).size() >= 3);
        // When
        JsonPath first = page("?limit=1");
        JsonPath second = page("?limit=1&cursor=" + first.getString("next_cursor"));
        // Then
        assertThat(ids(first)).hasSize(1).isNotEqualTo(ids(second));
        assertThat(ids(second).getFirst()).isLessThan(ids(first).getFirst());
        assertThat(first.getString("items[0].worker")).startsWith("tested-");
        assertThat(first.getLong("items[0].interval_millis")).isEqualTo(1_000);
        assertThat(first.getString("items[0].started_at")).endsWith("Z");
    }

    @Test
    void onlyTheNewestRunsAreKept() {
        // Given
        for (int i = 0; i < 45; i++) {
            runs.save(run(String.format("%013d:old", i))).await().atMost(Duration.ofSeconds(5));
        }
        String newest = ids(page("?limit=1")).getFirst();
        // When
        retention.prune().await().atMost(Duration.ofSeconds(5));
        // Then
        List<String> kept = ids(page("?limit=200"));
        assertThat(kept).hasSizeLessThan(45).contains(newest);
        assertThat(kept.stream().filter(id -> id.endsWith(":old"))).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void callersWithoutThePermissionAreRefused() {
        given().get(RUNS).then().statusCode(401).body("type", equalTo("urn:drawdown:problem:unauthenticated"));
        as(Role.USER).get(RUNS).then().statusCode(403).body("type", equalTo("urn:drawdown:problem:forbidden"));
        as(Role.OPERATOR).get(RUNS).then().statusCode(200);
        as(Role.GATEWAY).get(RUNS).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0, 400, invalid-request",
        "?limit=201, 400, invalid-request",
        "?limit=many, 400, invalid-request",
        "?cursor=next, 400, invalid-cursor",
        "?cursor=1%27%22, 400, invalid-cursor"
    })
    void whatIsOutOfBoundsIsAProblem(String query, int status, String slug) {
        as(Role.OPERATOR)
                .get(RUNS + query)
                .then()
                .statusCode(status)
                .body("type", equalTo("urn:drawdown:problem:" + slug));
    }

    @Test
    void committedOpenApiDocumentIsTheServedOne() throws IOException {
        // When
        String served = Management.get("/q/openapi").asString();
        Files.writeString(Path.of("target/checkpoint-worker.yaml"), served);
        // Then
        assertThat(served)
                .as("if this change is meant: cp checkpoint-worker/target/checkpoint-worker.yaml docs/openapi/")
                .isEqualTo(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "");
    }

    private static JsonPath page(String query) {
        return as(Role.OPERATOR)
                .get(RUNS + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> ids(JsonPath page) {
        return page.getList("items.id");
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + TestTokens.of("ops", role));
    }

    private static Run run(String id) {
        return new Run(id, Run.SCHEMA, "old", Instant.EPOCH, 1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
