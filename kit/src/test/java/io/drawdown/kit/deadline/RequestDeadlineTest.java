package io.drawdown.kit.deadline;

import io.drawdown.contracts.ServerClock;
import io.drawdown.kit.problem.ProblemsTest;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.ManualTime;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(ProblemsTest.Keys.class)
class RequestDeadlineTest {

    private static final String NOW = ManualTime.START.toString();

    @ParameterizedTest
    @CsvSource({"/probe/accounts/ada, 200", "/probe/faults/bug, 500", "/nowhere, 404"})
    void everyAnswerTellsTheTimeOfTheServer(String path, int status) {
        // When Then
        as(Role.GATEWAY).get(path).then().statusCode(status).header(ServerClock.SERVER_TIME, NOW);
    }

    @Test
    void unauthenticatedCallerGetsServerTimeToo() {
        // When Then
        given().get("/probe/accounts/ada").then().statusCode(401).header(ServerClock.SERVER_TIME, NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00.001Z",
                "2026-01-01T01:00:00+01:00",
                "2026-01-01T00:01Z",
                "9999-12-31T23:59:59.999999999Z"
            })
    void whatComesInTimeIsDone(String deadline) {
        // When Then
        until(deadline).get("/probe/accounts/ada").then().statusCode(200).header(ServerClock.SERVER_TIME, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-12-31T23:59:59.999Z", "2026-01-01T00:59:59.999+01:00", "0000-01-01T00:00:00Z"})
    void whatComesLateIsRefusedWithTheTimeOfTheServer(String deadline) {
        // When Then
        until(deadline)
                .get("/probe/accounts/ada")
                .then()
                .statusCode(503)
                .header(ServerClock.SERVER_TIME, NOW)
                .header("Retry-After", "1")
                .body("type", equalTo("urn:drawdown:problem:unavailable"))
                .body("detail", containsString("Request-Deadline"))
                .body("server_time", equalTo(NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "noon",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-13-01T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01T00:00:00.Z",
                "+1000000000-01-01T00:00:00Z",
                "Thu, 01 Jan 2026 00:00:00 GMT"
            })
    void whatIsNoTimeIsRefusedByName(String deadline) {
        // When Then
        until(deadline)
                .get("/probe/accounts/ada")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:drawdown:problem:invalid-request"))
                .body("detail", containsString("Request-Deadline"))
                .body("server_time", nullValue());
    }

    @Test
    void twoDeadlinesAreRefused() {
        // When Then
        as(Role.GATEWAY)
                .headers(Map.of(ServerClock.REQUEST_DEADLINE, List.of("2026-01-01T00:00:05Z", "2026-01-01T00:00:06Z")))
                .get("/probe/accounts/ada")
                .then()
                .statusCode(400)
                .body("detail", containsString("more than once"));
    }

    private static RequestSpecification until(String deadline) {
        return as(Role.GATEWAY).header(ServerClock.REQUEST_DEADLINE, deadline);
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestTokens.of("tester", role));
    }
}
