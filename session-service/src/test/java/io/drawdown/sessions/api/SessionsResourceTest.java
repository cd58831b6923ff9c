package io.drawdown.sessions.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.drawdown.sessions.api.RestSessions.as;
import static io.drawdown.sessions.api.RestSessions.asGateway;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class SessionsResourceTest {

    private static final String SESSIONS = "/api/v1/sessions";

    private final String account = "rest-" + UUID.randomUUID();

    @Test
    void gatewayReadsAndEndsASessionExactly() {
        // Given
        try (TestClient client = started("k")) {
            String id = client.await("started").path("session_id").asText();
            asGateway()
                    .get(SESSIONS + "/" + id)
                    .then()
                    .statusCode(200)
                    .body("account_id", equalTo(account))
                    .body("state", equalTo("running"))
                    .body("funded_millis", equalTo(60_000));
            // When
            JsonPath answer = asGateway()
                    .post(SESSIONS + "/" + id + "/end")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("ended"))
                    .body("reason", equalTo("user"))
                    .body("settled", equalTo(true))
                    .extract()
                    .jsonPath();
            // Then
            int used = answer.getInt("used_millis");
            int cost = (used + 999) / 1_000;
            assertThat(answer.getInt("cost")).isEqualTo(cost);
            assertThat(answer.getInt("balance")).isEqualTo(600 - cost);
            JsonNode ended = client.await("ended");
            assertThat(ended.path("used_millis").asInt()).isEqualTo(used);
            assertThat(ended.path("settled").asBoolean()).isTrue();
            assertThat(ended.path("cost").asInt()).isEqualTo(cost);
            assertThat(ended.path("balance").asInt()).isEqualTo(600 - cost);
            assertThat(client.closeCode()).isEqualTo(1000);
            asGateway()
                    .post(SESSIONS + "/" + id + "/end")
                    .then()
                    .statusCode(200)
                    .body("used_millis", equalTo(used))
                    .body("cost", equalTo(cost));
        }
    }

    @Test
    void gatewayPausesASessionAndLetsItGoOn() {
        // Given
        try (TestClient client = started("k")) {
            String id = client.await("started").path("session_id").asText();
            // When
            asGateway()
                    .post(SESSIONS + "/" + id + "/pause")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("running"))
                    .body("paused_at", notNullValue());
            // Then
            JsonNode paused = client.await("paused");
            assertThat(paused.path("by").asText()).isEqualTo("request");
            // When
            asGateway()
                    .post(SESSIONS + "/" + id + "/resume")
                    .then()
                    .statusCode(200)
                    .body("paused_at", nullValue());
            // Then
            JsonNode continued = client.await("continued");
            assertThat(continued.path("used_millis")).isEqualTo(paused.path("used_millis"));
            // When: a session that is over is answered as it is
            asGateway().post(SESSIONS + "/" + id + "/end").then().statusCode(200);
            asGateway()
                    .post(SESSIONS + "/" + id + "/pause")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("ended"))
                    .body("paused_at", nullValue());
        }
    }

    @Test
    void clientPausesItsSessionOverItsSocket() {
        // Given
        try (TestClient client = started("k")) {
            String id = client.await("started").path("session_id").asText();
            // When
            client.say("type", "pause");
            client.await("paused");
            // Then
            asGateway().get(SESSIONS + "/" + id).then().body("paused_at", notNullValue());
            // When
            client.say("type", "continue");
            // Then
            client.await("continued");
        }
    }

    @Test
    void sessionsAreListedInPages() {
        try (TestClient one = started("1");
                TestClient two = started("2");
                TestClient three = started("3")) {
            one.await("started");
            two.await("started");
            three.await("started");
            // When
            String cursor = asGateway()
                    .get(SESSIONS + "?limit=2&account=" + account)
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(2))
                    .extract()
                    .path("next_cursor");
            // Then
            asGateway()
                    .get(SESSIONS + "?limit=2&account=" + account + "&cursor=" + cursor)
                    .then()
                    .body("items", hasSize(1))
                    .body("next_cursor", nullValue());
        }
    }

    @Test
    void userSeesOwnSessionsOnly() {
        try (TestClient client = started("k")) {
            String id = client.await("started").path("session_id").asText();
            // Then
            as(account, Role.USER).get(SESSIONS + "/" + id).then().statusCode(200);
            as(account, Role.USER).get(SESSIONS).then().statusCode(200).body("items", hasSize(1));
            as("other", Role.USER).get(SESSIONS + "/" + id).then().statusCode(404);
            as("other", Role.USER).post(SESSIONS + "/" + id + "/end").then().statusCode(404);
            as("other", Role.USER).post(SESSIONS + "/" + id + "/pause").then().statusCode(404);
            as("other", Role.USER).get(SESSIONS).then().statusCode(200).body("items", hasSize(0));
            as("other", Role.USER).get(SESSIONS + "?account=" + account).then().statusCode(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/sessions?limit=0, 400, invalid-request",
        "GET, /api/v1/sessions?limit=501, 400, invalid-request",
        "GET, /api/v1/sessions?limit=x, 400, invalid-request",
        "GET, /api/v1/sessions?account=a%20b, 400, invalid-request",
        "GET, /api/v1/sessions?cursor=%3F%3F, 400, invalid-cursor",
        "GET, /api/v1/sessions/ses_unknown, 404, session-not-found",
        "GET, /api/v1/sessions/a-b, 400, invalid-request",
        "POST, /api/v1/sessions/ses_unknown/end, 404, session-not-found",
        "POST, /api/v1/sessions/ses_unknown/pause, 404, session-not-found",
        "POST, /api/v1/sessions/ses_unknown/resume, 404, session-not-found",
        "POST, /api/v1/sessions/a-b/pause, 400, invalid-request",
        "POST, /api/v1/sessions/ses_unknown/pause?for=5m, 400, invalid-request",
        "GET, /api/v1/sessions/ses_unknown/pause, 405, method-not-allowed",
        "DELETE, /api/v1/sessions/ses_unknown, 405, method-not-allowed",
        "PUT, /api/v1/sessions, 405, method-not-allowed",
        "GET, /api/v1/nothing, 404, not-found"
    })
    void mistakesAreProblems(String method, String path, int status, String slug) {
        asGateway()
                .urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:drawdown:problem:" + slug));
    }

    @Test
    void operatorEndsAllSessionsOfAnAccount() {
        // Given
        try (TestClient one = started("1");
                TestClient two = started("2")) {
            one.await("started");
            two.await("started");
            // When
            as("ops", Role.OPERATOR)
                    .contentType("application/json")
                    .body("{\"account\":\"" + account + "\"}")
                    .post("/api/v1/session-ends")
                    .then()
                    .statusCode(200)
                    .body("requested", equalTo(2))
                    .body("next_cursor", nullValue());
            // Then
            one.await("ended");
            two.await("ended");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid-request",
                "{\"account\":\"a\",\"kind\":\"dubbing\"} | invalid-request",
                "{\"account\":\"a b\"} | invalid-request",
                "{\"kind\":\"No Kind\"} | invalid-request",
                "{\"kind\":7} | malformed-json",
                "{\"instance\":\"a/b\"} | invalid-request",
                "{\"account\":\"a\",\"cursor\":\"??\"} | invalid-request",
                "{\"account\":\"a\",\"account\":\"b\"} | malformed-json",
                "{\"account\":\"a\",\"reason\":\"x\"} | invalid-request"
            })
    void whichSessionsToEndIsNamedExactly(String body, String problem) {
        as("ops", Role.OPERATOR)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/session-ends")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:drawdown:problem:" + problem));
    }

    @Test
    void onlyAnOperatorEndsMany() {
        asGateway()
                .contentType("application/json")
                .body("{\"account\":\"" + account + "\"}")
                .post("/api/v1/session-ends")
                .then()
                .statusCode(403);
    }

    @Test
    void callerNeedsATokenWithARole() {
        given().get(SESSIONS).then().statusCode(401);
        as("worker", Role.SERVICE).get(SESSIONS).then().statusCode(403);
    }

    @Test
    void serviceIsHealthyAndMeasured() {
        Management.get("/q/health/live").then().statusCode(200);
        Management.get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        assertThat(Management.get("/q/metrics").asString())
                .contains("drawdown_sessions_live", "drawdown_sessions_served");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/ready", "/q/metrics", "/q/openapi", "/q/swagger-ui", "/openapi"})
    void whatIsForWhoeverRunsTheServiceIsNotOnThePortOfItsApi(String path) {
        asGateway().get(path).then().statusCode(404).body("type", equalTo("urn:drawdown:problem:not-found"));
    }

    private TestClient started(String key) {
        CreditsHttpStub.ONLY.grant(account, 600);
        return TestClient.withToken(TestTokens.of("shop", Role.GATEWAY)).start(account, key);
    }
}
