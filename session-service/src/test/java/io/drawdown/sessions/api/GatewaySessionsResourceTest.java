package io.drawdown.sessions.api;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.WrongBodies;
import io.drawdown.sessions.api.GatewaySessionsResource.StartRequest;
import io.drawdown.sessions.api.GatewaySessionsResource.UsageReport;
import io.drawdown.sessions.api.GatewaySessionsResource.UsageReports;
import io.drawdown.sessions.api.SessionsResource.PauseRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.drawdown.sessions.api.RestSessions.as;
import static io.drawdown.sessions.api.RestSessions.asGateway;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/** The routes of gateways without a socket. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class GatewaySessionsResourceTest {

    private static final String SESSIONS = "/api/v1/sessions";

    private final String account = "gw-" + UUID.randomUUID();

    private static RequestSpecification gateway() {
        return asGateway().contentType(ContentType.JSON);
    }

    private ValidatableResponse start(String key) {
        return gateway()
                .header("Idempotency-Key", key)
                .body(Map.of("account", account, "kind", "live_dubbing"))
                .post(SESSIONS)
                .then();
    }

    private String started(long credits) {
        CreditsHttpStub.ONLY.grant(account, credits);
        return start("k").statusCode(201).extract().path("id");
    }

    private static ValidatableResponse tell(String id, String what, long usedMillis) {
        return gateway()
                .body(Map.of("used_millis", usedMillis))
                .post(SESSIONS + "/" + id + "/" + what)
                .then();
    }

    @Test
    void gatewayStartsStatesAndEndsASession() {
        // Given
        CreditsHttpStub.ONLY.grant(account, 600);
        String id = start("k")
                .statusCode(201)
                .header("Location", containsString(SESSIONS + "/ses_"))
                .header("Idempotency-Replayed", equalTo("false"))
                .body("state", equalTo("reported"))
                .body("epoch", equalTo(1))
                .body("used_millis", equalTo(0))
                .body("funded_millis", equalTo(60_000))
                .body("ends_at", notNullValue())
                .body("warnings", empty())
                .extract()
                .path("id");
        tell(id, "heartbeat", 7_000)
                .statusCode(200)
                .body("used_millis", equalTo(7_000))
                .body("funded_millis", equalTo(60_000));
        // When
        tell(id, "end", 9_500)
                // Then
                .statusCode(200)
                .body("state", equalTo("ended"))
                .body("reason", equalTo("user"))
                .body("used_millis", equalTo(9_500))
                .body("billed_millis", equalTo(9_500))
                .body("unbilled_millis", equalTo(0))
                .body("cost", equalTo(10))
                .body("balance", equalTo(590));
        tell(id, "heartbeat", 12_000)
                .statusCode(200)
                .body("state", equalTo("ended"))
                .body("used_millis", equalTo(9_500))
                .body("unbilled_millis", equalTo(2_500));
    }

    @Test
    void theSameKeyIsAnsweredWithTheSameSession() {
        // Given
        String id = started(600);
        tell(id, "heartbeat", 3_000);
        // When
        start("k")
                // Then
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id))
                .body("used_millis", equalTo(3_000));
        gateway()
                .header("Idempotency-Key", "k")
                .body(Map.of("account", account, "kind", "subtitles"))
                .post(SESSIONS)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:drawdown:problem:idempotency-key-reused"));
    }

    @Test
    void startWithoutCreditsSaysWhatIsMissing() {
        // When
        start("k")
                // Then
                .statusCode(402)
                .body("type", equalTo("urn:drawdown:problem:insufficient-credits"))
                .body("credits_required", equalTo(1))
                .body("credits_remaining", equalTo(0))
                .body("credits_held", equalTo(0))
                .body("upgrade_required", equalTo(true));
    }

    @Test
    void whatComesBackIsNoReasonToUpgrade() {
        // Given
        started(60);
        // When
        start("another")
                // Then
                .statusCode(402)
                .body("credits_remaining", equalTo(0))
                .body("credits_held", equalTo(60))
                .body("upgrade_required", equalTo(false));
    }

    @Test
    void outageIsNotAnEmptyAccount() {
        // Given
        CreditsHttpStub.ONLY.grant(account, 600);
        CreditsHttpStub.ONLY.beAway(true);
        try {
            // When
            start("k")
                    // Then
                    .statusCode(503)
                    .body("type", equalTo("urn:drawdown:problem:unavailable"));
        } finally {
            CreditsHttpStub.ONLY.beAway(false);
        }
        start("k").statusCode(201);
    }

    @Test
    void pausedSessionHasNoEndInSight() {
        // Given
        String id = started(600);
        // When
        tell(id, "pause", 3_000)
                .statusCode(200)
                .body("paused_at", notNullValue())
                .body("ends_at", nullValue());
        // Then
        tell(id, "heartbeat", 3_000).statusCode(200).body("paused_at", notNullValue());
        tell(id, "resume", 3_000).statusCode(200).body("paused_at", nullValue()).body("ends_at", notNullValue());
    }

    @Test
    void batchAnswersEachByItself() {
        // Given
        String id = started(600);
        String body = """
                {"items":[{"id":"%s","used_millis":4000},{"id":"ses_unknown","used_millis":1},{"id":"%s","used_millis":2000}]}""".formatted(id, id);
        // When
        gateway()
                .body(body)
                .post(SESSIONS + "/heartbeats")
                .then()
                // Then
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items.status", contains(200, 404, 200))
                .body("items[0].session.used_millis", equalTo(4_000))
                .body("items[1].id", equalTo("ses_unknown"))
                .body("items[1].problem.type", equalTo("urn:drawdown:problem:session-not-found"))
                .body("items[2].session.used_millis", equalTo(4_000));
    }

    @Test
    void sessionOfASocketIsNotStatedByAGateway() {
        // Given
        CreditsHttpStub.ONLY.grant(account, 600);
        try (TestClient client =
                TestClient.withToken(TestTokens.of("shop", Role.GATEWAY)).start(account, "socket")) {
            String id = client.await("started").path("session_id").asText();
            // When
            tell(id, "heartbeat", 5_000)
                    // Then
                    .statusCode(409)
                    .body("type", equalTo("urn:drawdown:problem:session-elsewhere"));
            tell(id, "end", 5_000).statusCode(409);
        }
    }

    @Test
    void userReadsAndEndsTheirOwnSessionButStatesNothing() {
        // Given
        String id = started(600);
        tell(id, "heartbeat", 5_000);
        RequestSpecification user = as(account, Role.USER).contentType(ContentType.JSON);
        // When
        user.body(Map.of("used_millis", 1))
                .post(SESSIONS + "/" + id + "/end")
                .then()
                .statusCode(403);
        as(account, Role.USER)
                .contentType(ContentType.JSON)
                .body(Map.of("used_millis", 9_000))
                .post(SESSIONS + "/" + id + "/heartbeat")
                .then()
                .statusCode(403);
        as("other", Role.USER).post(SESSIONS + "/" + id + "/end").then().statusCode(404);
        // Then
        as(account, Role.USER).get(SESSIONS + "/" + id).then().statusCode(200).body("used_millis", equalTo(5_000));
        as(account, Role.USER)
                .post(SESSIONS + "/" + id + "/end")
                .then()
                .statusCode(200)
                .body("state", equalTo("ended"))
                .body("billed_millis", equalTo(5_000));
    }

    /** @param body a valid one with every field */
    record Route(String path, Class<?> type, String body) {
        @Override
        public String toString() {
            return path;
        }
    }

    static Stream<Route> routes() {
        String used = "{\"used_millis\":1000}";
        String reports = "{\"items\":[{\"id\":\"SESSION\",\"used_millis\":1000}]}";
        return Stream.of(
                new Route("", StartRequest.class, "{\"account\":\"strict\",\"kind\":\"live_dubbing\"}"),
                new Route("/SESSION/heartbeat", UsageReport.class, used),
                new Route("/SESSION/pause", PauseRequest.class, "{\"used_millis\":1000,\"release\":true}"),
                new Route("/SESSION/resume", UsageReport.class, used),
                new Route("/SESSION/end", UsageReport.class, used),
                new Route("/heartbeats", UsageReports.class, reports));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aFieldThatIsNotWhatItShouldBeIsNamedAndNothingChanges(Route route) {
        // Given
        String id = started(600);
        SoftAssertions softly = new SoftAssertions();
        // When
        for (WrongBodies.Wrong wrong : WrongBodies.of(route.type(), route.body())) {
            Response answer = send(route, id, wrong.body());
            softly.assertThat(answer.statusCode()).as(wrong.toString()).isIn(400, 422);
            softly.assertThat(answer.contentType()).as(wrong.toString()).startsWith("application/problem+json");
            softly.assertThat(String.valueOf(answer.jsonPath().getString("detail")))
                    .as(wrong.toString())
                    .contains(wrong.field());
        }
        // Then
        softly.assertAll();
        asGateway()
                .get(SESSIONS + "/" + id)
                .then()
                .body("state", equalTo("reported"))
                .body("used_millis", equalTo(0));
    }

    private static Response send(Route route, String id, String body) {
        return gateway()
                .header("Idempotency-Key", "strict")
                .body(body.replace("SESSION", id))
                .post(SESSIONS + route.path().replace("SESSION", id));
    }

    @ParameterizedTest
    @CsvSource({
        "/ses_unknown/heartbeat, '{\"used_millis\":1}', 404, session-not-found",
        "/ses_unknown/pause, '{\"used_millis\":1}', 404, session-not-found",
        "/ses_unknown/resume, '{\"used_millis\":1}', 404, session-not-found",
        "/ses_unknown/end, '{\"used_millis\":1}', 404, session-not-found",
        "/a-b/heartbeat, '{\"used_millis\":1}', 400, invalid-request",
        "/ses_unknown/heartbeat, '{\"used_millis\":-1}', 400, invalid-request",
        "/ses_unknown/heartbeat, '{\"used_millis\":9007199254740992}', 400, invalid-request",
        "/ses_unknown/heartbeat, '{}', 400, invalid-request",
        "/ses_unknown/end, '{}', 400, invalid-request",
        "/heartbeats, '{\"items\":[]}', 400, invalid-request",
        "/heartbeats, '{\"items\":[null]}', 400, invalid-request",
        "/heartbeats, '{\"items\":[{\"id\":\"a b\",\"used_millis\":1}]}', 400, invalid-request",
        "'', '{\"account\":\"a b\",\"kind\":\"x\"}', 400, invalid-request",
        "'', '{\"account\":\"ada\",\"kind\":\"No Kind\"}', 400, invalid-request",
        "'', '{\"account\":\"ada\",\"kind\":\"no_such_kind\"}', 422, unknown-kind",
        "'', 'nonsense', 400, malformed-json"
    })
    void mistakesAreProblems(String path, String body, int status, String slug) {
        gateway()
                .header("Idempotency-Key", "mistake")
                .body(body)
                .post(SESSIONS + path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:drawdown:problem:" + slug));
    }

    @Test
    void startNeedsAKeyAndAGateway() {
        Map<String, String> body = Map.of("account", account, "kind", "live_dubbing");
        gateway()
                .body(body)
                .post(SESSIONS)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:drawdown:problem:idempotency-key-required"));
        as(account, Role.USER)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "k")
                .body(body)
                .post(SESSIONS)
                .then()
                .statusCode(403);
        given().contentType(ContentType.JSON).body(body).post(SESSIONS).then().statusCode(401);
    }
}
