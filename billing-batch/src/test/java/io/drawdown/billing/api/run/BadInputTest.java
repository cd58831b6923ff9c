package io.drawdown.billing.api.run;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.openapi.DescribedRoutes;
import io.drawdown.kit.testing.openapi.DescribedRoutes.Parameter;
import io.drawdown.kit.testing.openapi.DescribedRoutes.Route;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every route that {@code docs/openapi} describes, and everything that a client can get wrong on any of them: a problem with a
 * stable type, never a 500, and never an answer as if it had been right.
 */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
class BadInputTest {

    private static final String BODY = "{\"processes\":[\"counting\"]}";
    private static final int LARGEST_BODY = 65_536;

    static Stream<Route> routes() {
        return DescribedRoutes.all(Path.of("../docs/openapi/billing-batch.yaml")).stream()
                .filter(route ->
                        route.path().startsWith(Requests.WORKER) || route.path().startsWith("/api/v1/batch/"));
    }

    static Stream<Route> routesWithBody() {
        return routes().filter(Route::hasBody);
    }

    static Stream<Route> routesWithToken() {
        return routes().filter(route -> !route.roles().isEmpty());
    }

    private static RequestSpecification allowed(Route route) {
        RequestSpecification request = route.roles().isEmpty()
                ? Requests.cron().contentType("application/json")
                : Requests.as("olga", route.roles().getFirst());
        return request.urlEncodingEnabled(false);
    }

    /** With a body if it needs one. */
    private static Response ask(Route route, RequestSpecification request, String path) {
        return (route.hasBody() ? request.body(BODY) : request).request(route.method(), path);
    }

    private static void isProblem(SoftAssertions softly, String what, Response response, ProblemType... anyOf) {
        softly.assertThat(response.contentType()).as(what).startsWith("application/problem+json");
        if (response.contentType().startsWith("application/problem+json")) {
            ProblemType type = ProblemType.ofUrn(response.jsonPath().getString("type"));
            softly.assertThat(type).as(what + ": " + response.asString()).isIn(Arrays.asList(anyOf));
            softly.assertThat(response.statusCode()).as(what).isEqualTo(type == null ? 0 : type.status());
            softly.assertThat(response.header("X-Request-ID")).as(what).isNotBlank();
        }
    }

    @Test
    void routesAreThoseOfTheDescription() {
        assertThat(routes().map(Route::toString))
                .contains(
                        "POST /api/worker/queue_worker",
                        "GET /api/v1/batch/runs",
                        "GET /api/v1/batch/runs/{id}",
                        "GET /api/v1/batch/processes",
                        "POST /api/v1/batch/processes/{process}/run");
        assertThat(routesWithBody()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("routesWithToken")
    void withoutAValidTokenNothingIsAnswered(Route route) {
        SoftAssertions softly = new SoftAssertions();
        String role = route.roles().getFirst();
        for (String token : List.of(
                "", "garbage", TestTokens.forged("x", role), TestTokens.validFor(Duration.ofHours(-1), "x", role))) {
            RequestSpecification bare = RestAssured.given().contentType("application/json");
            RequestSpecification request = token.isEmpty() ? bare : bare.header("Authorization", "Bearer " + token);
            isProblem(softly, token, ask(route, request, route.path()), ProblemType.UNAUTHENTICATED);
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routesWithToken")
    void roleThatMayNotIsForbidden(Route route) {
        SoftAssertions softly = new SoftAssertions();
        Stream.of("stranger", Role.USER, Role.GATEWAY)
                .forEach(role -> isProblem(
                        softly, role, ask(route, Requests.as("somebody", role), route.path()), ProblemType.FORBIDDEN));
        softly.assertAll();
    }

    @Test
    void secretGivenTwiceOrInTheWrongPlaceOpensNothing() {
        SoftAssertions softly = new SoftAssertions();
        RequestSpecification twice = Requests.cron().header("X-Worker-Secret", BillingServers.SECRET);
        RequestSpecification token = Requests.operator();
        RequestSpecification bearer = RestAssured.given().header("Authorization", "Bearer " + BillingServers.SECRET);
        for (RequestSpecification request : List.of(twice, token, bearer)) {
            isProblem(
                    softly,
                    "secret",
                    request.contentType("application/json").body(BODY).post(Requests.WORKER),
                    ProblemType.UNAUTHENTICATED);
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anotherMethodOrAnswerFormatIsRefused(Route route) {
        SoftAssertions softly = new SoftAssertions();
        for (String method : List.of("PUT", "DELETE")) {
            isProblem(
                    softly,
                    method,
                    allowed(route).body(BODY).request(method, route.path()),
                    ProblemType.METHOD_NOT_ALLOWED);
        }
        isProblem(
                softly,
                "application/xml",
                ask(route, allowed(route).accept("application/xml"), route.path()),
                ProblemType.NOT_ACCEPTABLE);
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void nameInThePathThatHasAnotherFormIsRefused(Route route) {
        SoftAssertions softly = new SoftAssertions();
        for (Parameter name : route.parameters("path")) {
            for (String bad : List.of("a%20b", "%C3%A4", "x".repeat(300), "a$b", "%00", "-", "A")) {
                String path = route.path(name, bad);
                isProblem(
                        softly,
                        path,
                        ask(route, allowed(route), path),
                        ProblemType.INVALID_REQUEST,
                        ProblemType.MALFORMED_URI,
                        ProblemType.NOT_FOUND);
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void parameterThatIsWrongUnknownOrGivenTwiceIsRefused(Route route) {
        SoftAssertions softly = new SoftAssertions();
        for (Parameter parameter : route.parameters("query")) {
            for (String bad : parameter.wrongValues()) {
                isRefused(softly, route, parameter.name() + "=" + bad);
            }
            String good = parameter.name() + "=" + parameter.example();
            isRefused(softly, route, good + "&" + good);
        }
        isRefused(softly, route, "unknown=1");
        softly.assertAll();
    }

    private static void isRefused(SoftAssertions softly, Route route, String query) {
        isProblem(
                softly,
                query,
                ask(route, allowed(route), route.path(query)),
                ProblemType.INVALID_REQUEST,
                ProblemType.INVALID_CURSOR,
                ProblemType.MALFORMED_URI,
                ProblemType.NOT_FOUND);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void deadlineThatIsNoneIsRefused(Route route) {
        SoftAssertions softly = new SoftAssertions();
        for (String bad : List.of("soon", "5", "2026-13-01T00:00:00Z", "x".repeat(500))) {
            isProblem(
                    softly,
                    bad,
                    ask(route, allowed(route).header("Request-Deadline", bad), route.path()),
                    ProblemType.INVALID_REQUEST);
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routesWithBody")
    void bodyThatIsNotTheRoutesJsonIsRefused(Route route) {
        SoftAssertions softly = new SoftAssertions();
        for (String bad : List.of(
                "{",
                "[]",
                "\"text\"",
                "7",
                "{\"unknown\":1}",
                "{} trailing",
                "\u0000",
                "{\"a\":NaN}",
                "[".repeat(2_000),
                "{\"a\":".repeat(2_000))) {
            isProblem(
                    softly,
                    bad.substring(0, Math.min(20, bad.length())),
                    allowed(route).body(bad).request(route.method(), route.path()),
                    ProblemType.MALFORMED_JSON,
                    ProblemType.INVALID_REQUEST);
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routesWithBody")
    void bodyOfAnotherTypeOrTooLargeIsRefused(Route route) {
        SoftAssertions softly = new SoftAssertions();
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
            isProblem(
                    softly,
                    type,
                    allowed(route).contentType(type).body(BODY).request(route.method(), route.path()),
                    ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        String tooLarge = "{\"x\":\"" + "x".repeat(LARGEST_BODY) + "\"}";
        isProblem(
                softly,
                "too large",
                allowed(route).body(tooLarge).request(route.method(), route.path()),
                ProblemType.PAYLOAD_TOO_LARGE);
        softly.assertAll();
    }
}
