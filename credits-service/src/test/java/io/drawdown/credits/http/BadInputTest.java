package io.drawdown.credits.http;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.RealServers;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route, and everything that a client can get wrong on it: a problem with a stable type, never a 500. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class BadInputTest {

    private static final String ID = "nobody";

    /** @param body a valid one, for routes that read one */
    record Route(
            String method,
            String path,
            String role,
            @Nullable String body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Route> routes() {
        String account = "/api/v1/accounts/" + ID;
        String session = "/api/v1/internal/sessions/ses_x";
        return Stream.of(
                new Route("GET", "/api/v1/accounts", Role.GATEWAY, null),
                new Route("PUT", account, Role.GATEWAY, "{\"grants\":[]}"),
                new Route("GET", account, Role.GATEWAY, null),
                new Route("GET", account + "/balance", Role.GATEWAY, null),
                new Route("POST", account + "/close", Role.GATEWAY, null),
                new Route("POST", account + "/grants", Role.GATEWAY, "{\"kind\":\"promo\",\"amount\":1}"),
                new Route("POST", account + "/charges", Role.GATEWAY, "{\"meter\":\"ai_search\"}"),
                new Route("GET", account + "/charges/3", Role.GATEWAY, null),
                new Route("GET", account + "/ledger", Role.GATEWAY, null),
                new Route("GET", account + "/ledger/3", Role.GATEWAY, null),
                new Route("PUT", account + "/suspension", Role.OPERATOR, "{\"reason\":\"test\"}"),
                new Route("DELETE", account + "/suspension", Role.OPERATOR, null),
                new Route("PUT", account + "/plan", Role.GATEWAY, "{\"plan\":\"starter\"}"),
                new Route("DELETE", account + "/plan", Role.GATEWAY, null),
                new Route("POST", "/api/v1/ledger/checks", Role.OPERATOR, null),
                new Route("GET", "/api/v1/ledger/checks/chk_0", Role.OPERATOR, null),
                new Route("GET", "/api/v1/prices", Role.USER, null),
                new Route("GET", "/api/v1/rates", Role.USER, null),
                new Route("GET", "/api/v1/plans", Role.USER, null),
                new Route(
                        "POST",
                        session + "/start",
                        Role.SERVICE,
                        "{\"account_id\":\"nobody\",\"kind\":\"live_dubbing\"}"),
                new Route(
                        "POST",
                        session + "/renew",
                        Role.SERVICE,
                        "{\"account_id\":\"nobody\",\"epoch\":1,\"used_millis\":0}"),
                new Route(
                        "POST",
                        session + "/takeover",
                        Role.SERVICE,
                        "{\"account_id\":\"nobody\",\"epoch\":2,\"proof_epoch\":1,\"proof_used_millis\":0}"));
    }

    static Stream<Route> routesWithBody() {
        return routes().filter(route -> route.body() != null);
    }

    private static RequestSpecification as(Route route) {
        return Requests.as(route.role()).header("Idempotency-Key", "k");
    }

    private static void isProblem(Response response, ProblemType... anyOf) {
        assertThat(response.statusCode()).as(response.asString()).isBetween(400, 499);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.header("X-Request-ID")).isNotBlank();
        ProblemType type = ProblemType.ofUrn(response.jsonPath().getString("type"));
        assertThat(type).as(response.asString()).isIn(List.of(anyOf));
        assertThat(type.status()).isEqualTo(response.statusCode());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void withoutAValidTokenNothingIsAnswered(Route route) {
        RequestSpecification bare = RestAssured.given().contentType("application/json");
        isProblem(bare.request(route.method(), route.path()), ProblemType.UNAUTHENTICATED);
        for (String token : List.of(
                "garbage",
                TestTokens.forged("x", route.role()),
                TestTokens.validFor(Duration.ofHours(-1), "x", route.role()))) {
            isProblem(
                    RestAssured.given()
                            .auth()
                            .oauth2(token)
                            .contentType("application/json")
                            .request(route.method(), route.path()),
                    ProblemType.UNAUTHENTICATED);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRoleThatMayNotIsForbidden(Route route) {
        String body = route.body() == null ? "" : route.body();
        isProblem(Requests.as("stranger").body(body).request(route.method(), route.path()), ProblemType.FORBIDDEN);
        if (!route.role().equals(Role.USER)) {
            isProblem(
                    Requests.as(Role.USER, "somebody").body(body).request(route.method(), route.path()),
                    ProblemType.FORBIDDEN);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anotherMethodOrAnswerFormatIsRefused(Route route) {
        isProblem(as(route).request("PATCH", route.path()), ProblemType.METHOD_NOT_ALLOWED);
        String body = route.body() == null ? "" : route.body();
        isProblem(
                as(route).accept("application/xml").body(body).request(route.method(), route.path()),
                ProblemType.NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anIdOfAnotherFormIsRefused(Route route) {
        for (String bad : List.of("a%20b", "%C3%A4", "a".repeat(65), "a$b")) {
            String path = route.path().replace(ID, bad).replace("ses_x", bad).replace("chk_0", bad);
            if (!path.equals(route.path())) {
                String body = route.body() == null ? "" : route.body();
                isProblem(
                        as(route).urlEncodingEnabled(false).body(body).request(route.method(), path),
                        ProblemType.INVALID_REQUEST);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routesWithBody")
    void aBodyThatIsNotTheRoutesJsonIsRefused(Route route) {
        for (String bad :
                List.of("{", "[]", "\"text\"", "7", "{\"unknown\":1}", "{} trailing", "\u0000", "{\"a\":NaN}")) {
            isProblem(
                    as(route).body(bad).request(route.method(), route.path()),
                    ProblemType.MALFORMED_JSON,
                    ProblemType.INVALID_REQUEST);
        }
        for (String absent : List.of("", "null")) {
            isProblem(
                    as(route).body(absent).request(route.method(), route.path()),
                    ProblemType.MALFORMED_JSON,
                    ProblemType.INVALID_REQUEST);
        }
    }

    @ParameterizedTest
    @MethodSource("routesWithBody")
    void aBodyOfAnotherTypeOrTooLargeIsRefused(Route route) {
        isProblem(
                Requests.as(route.role()).contentType("text/plain").body("x").request(route.method(), route.path()),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
        isProblem(
                as(route).body("\"" + "x".repeat(70_000) + "\"").request(route.method(), route.path()),
                ProblemType.PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"promo\"}|INVALID_REQUEST",
                "{\"amount\":1}|INVALID_REQUEST",
                "{\"kind\":\"gift\",\"amount\":1}|MALFORMED_JSON",
                "{\"kind\":1,\"amount\":1}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":0}|INVALID_AMOUNT",
                "{\"kind\":\"promo\",\"amount\":-1}|INVALID_AMOUNT",
                "{\"kind\":\"promo\",\"amount\":1.0000001}|INVALID_AMOUNT",
                "{\"kind\":\"promo\",\"amount\":1e300}|AMOUNT_OUT_OF_RANGE",
                "{\"kind\":\"promo\",\"amount\":8589934592.000001}|AMOUNT_OUT_OF_RANGE",
                "{\"kind\":\"promo\",\"amount\":\"5\"}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":true}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":{\"micros\":5}}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":1,\"priority\":-1}|INVALID_REQUEST",
                "{\"kind\":\"promo\",\"amount\":1,\"priority\":1001}|INVALID_REQUEST",
                "{\"kind\":\"promo\",\"amount\":1,\"priority\":1.5}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":1,\"expires_at\":\"soon\"}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":1,\"expires_at\":\"2001-01-01T00:00:00Z\"}|INVALID_REQUEST",
                "{\"kind\":\"promo\",\"amount\":1,\"expires_at\":\"+1000000000-12-31T00:00:00Z\"}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":1,\"effective_at\":\"-999999999-01-01T00:00:00Z\"}|MALFORMED_JSON",
                "{\"kind\":\"promo\",\"amount\":1,\"effective_at\":\"2098-01-01T00:00:00Z\","
                        + "\"expires_at\":\"2097-01-01T00:00:00Z\"}|INVALID_REQUEST"
            })
    void aGrantThatCannotBeIsRefused(String body, ProblemType expected) {
        // Given
        String id = Requests.opened(1);
        // When
        Response response =
                Requests.gateway().header("Idempotency-Key", "g").body(body).post("/api/v1/accounts/" + id + "/grants");
        // Then
        isProblem(response, expected);
        isProblem(
                Requests.gateway().body("{\"grants\":[" + body + "]}").put("/api/v1/accounts/" + Requests.newId()),
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|INVALID_REQUEST",
                "{\"meter\":\"ai_serch\"}|UNKNOWN_METER",
                "{\"meter\":\"\"}|INVALID_REQUEST",
                "{\"meter\":5}|MALFORMED_JSON",
                "{\"meter\":\"m2345678901234567890123456789012345678901234567890123456789012345\"}|INVALID_REQUEST",
                "{\"meter\":\"ai_search\",\"units\":0}|INVALID_REQUEST",
                "{\"meter\":\"ai_search\",\"units\":-1}|INVALID_REQUEST",
                "{\"meter\":\"ai_search\",\"units\":1.9}|MALFORMED_JSON",
                "{\"meter\":\"ai_search\",\"units\":\"1\"}|MALFORMED_JSON",
                "{\"meter\":\"ai_search\",\"units\":1000001}|INVALID_REQUEST",
                "{\"meter\":\"ai_search\",\"units\":99999999999999999999}|MALFORMED_JSON",
                "{\"meter\":\"ai_search\",\"amount\":1}|INVALID_REQUEST"
            })
    void aChargeThatCannotBeIsRefused(String body, ProblemType expected) {
        isProblem(Requests.charge(Requests.opened(1), "k", body).extract().response(), expected);
    }

    @Test
    void aPostThatMovesCreditsNeedsASaneKey() {
        String id = Requests.opened(50);
        String path = "/api/v1/accounts/" + id + "/charges";
        String body = "{\"meter\":\"ai_search\"}";
        isProblem(Requests.gateway().body(body).post(path), ProblemType.IDEMPOTENCY_KEY_REQUIRED);
        for (String key : List.of("", "a b", "k".repeat(256))) {
            isProblem(
                    Requests.gateway().header("Idempotency-Key", key).body(body).post(path),
                    ProblemType.IDEMPOTENCY_KEY_REQUIRED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,INVALID_REQUEST",
        "limit=501,INVALID_REQUEST",
        "limit=ten,NOT_FOUND",
        "limit=99999999999,NOT_FOUND",
        "cursor=x,INVALID_CURSOR",
        "cursor=-1,INVALID_CURSOR",
        "cursor=9999999999999999999999,INVALID_CURSOR",
        "session=a%20b,INVALID_REQUEST"
    })
    void aLedgerPageThatCannotBeIsRefused(String query, ProblemType expected) {
        Response response = Requests.gateway()
                .urlEncodingEnabled(false)
                .get("/api/v1/accounts/" + Requests.opened(1) + "/ledger?" + query);
        isProblem(response, expected, ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "abc", "99999999999999999999", "1.5"})
    void aSequenceNumberThatCannotBeIsRefused(String seq) {
        String path = "/api/v1/accounts/" + Requests.opened(1) + "/ledger/" + seq;
        isProblem(Requests.gateway().get(path), ProblemType.NOT_FOUND, ProblemType.INVALID_REQUEST);
    }

    @Test
    void anUnknownAddressIsNotFound() {
        isProblem(Requests.gateway().get("/api/v1/nothing"), ProblemType.NOT_FOUND);
        isProblem(Requests.gateway().get("/api/v1/accounts/nobody"), ProblemType.ACCOUNT_NOT_FOUND);
        isProblem(Requests.gateway().get("/api/v1/accounts/nobody/ledger"), ProblemType.ACCOUNT_NOT_FOUND);
        isProblem(Requests.operator().get("/api/v1/ledger/checks/chk_0"), ProblemType.NOT_FOUND);
        isProblem(
                Requests.charge("nobody", "k", "{\"meter\":\"ai_search\"}")
                        .extract()
                        .response(),
                ProblemType.ACCOUNT_NOT_FOUND);
    }

    @Test
    void moreGrantsThanAnOpeningMayHaveAreRefused() {
        String grants = String.join(",", java.util.Collections.nCopies(17, "{\"kind\":\"promo\",\"amount\":1}"));
        isProblem(
                Requests.gateway().body("{\"grants\":[" + grants + "]}").put("/api/v1/accounts/" + Requests.newId()),
                ProblemType.INVALID_REQUEST);
    }

    @Test
    void anInternalCallThatMakesNoSenseIsRefused() {
        for (String body : List.of(
                "{\"account_id\":\"a b\",\"kind\":\"live_dubbing\"}",
                "{\"kind\":\"live_dubbing\"}",
                "{\"account_id\":\"ada\"}",
                "{\"account_id\":null,\"kind\":null}")) {
            isProblem(Requests.funding("ses_x", "start", body).extract().response(), ProblemType.INVALID_REQUEST);
        }
        for (String numbers : List.of("\"epoch\":-1,\"used_millis\":0", "\"epoch\":1,\"used_millis\":-5")) {
            String body = "{\"account_id\":\"ada\"," + numbers + "}";
            isProblem(Requests.funding("ses_x", "renew", body).extract().response(), ProblemType.INVALID_REQUEST);
        }
    }
}
