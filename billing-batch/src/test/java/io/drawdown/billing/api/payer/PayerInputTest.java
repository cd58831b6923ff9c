package io.drawdown.billing.api.payer;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.CardHolder;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.testing.WrongBodies;
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
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Everything that a client can get wrong on the routes of payers: a problem with a stable type, and nothing changes. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class PayerInputTest {

    private static final String PAYER = "strict";
    private static final String ADDRESS = CardHolder.address(PAYER);

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    /** @param body a valid one with every field */
    record Body(String method, String path, Class<?> type, String body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Body> bodies() {
        return Stream.of(
                new Body("PUT", ADDRESS, PayerResource.PayerRequest.class, "{\"email\":\"ada@acme.example\"}"),
                new Body(
                        "POST",
                        ADDRESS + "/card-setups",
                        PayerResource.SetupRequest.class,
                        "{\"consent\":{\"text_version\":\"2026-11\",\"cap_cents\":5000}}"),
                new Body("POST", ADDRESS + "/cards", PayerResource.CardRequest.class, "{\"setup_intent\":\"seti_1\"}"));
    }

    static Stream<Route> routes() {
        return DescribedRoutes.all(Path.of("../docs/openapi/billing-batch.yaml")).stream()
                .filter(route -> route.address().startsWith("/api/v1/payers"));
    }

    @BeforeEach
    void aPayer() {
        new CardHolder(PAYER, stripeUrl).open();
    }

    private static RequestSpecification user() {
        return Requests.as(PAYER, Role.USER);
    }

    private static String payer() {
        return Requests.read(ADDRESS).prettify();
    }

    private static Response ask(Route route, RequestSpecification request, String path) {
        String body = bodies().filter(each -> each.method().equals(route.method()))
                .filter(each -> each.path().endsWith(route.address().replaceAll(".*}", "")))
                .map(Body::body)
                .findFirst()
                .orElse("{}");
        return (route.hasBody() ? request.body(body) : request)
                .urlEncodingEnabled(false)
                .request(route.method(), path);
    }

    private static void isProblem(SoftAssertions softly, String what, Response answer, ProblemType... anyOf) {
        softly.assertThat(answer.contentType()).as(what).startsWith("application/problem+json");
        if (answer.contentType().startsWith("application/problem+json")) {
            softly.assertThat(ProblemType.ofUrn(answer.jsonPath().getString("type")))
                    .as(what + ": " + answer.asString())
                    .isIn((Object[]) anyOf);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aFieldThatIsNotWhatItShouldBeIsNamedAndNothingChanges(Body body) {
        // Given
        String before = payer();
        SoftAssertions softly = new SoftAssertions();
        // When
        for (WrongBodies.Wrong wrong : WrongBodies.of(body.type(), body.body())) {
            Response answer = user().body(wrong.body()).request(body.method(), body.path());
            softly.assertThat(answer.statusCode()).as(wrong.toString()).isIn(400, 422);
            softly.assertThat(answer.contentType()).as(wrong.toString()).startsWith("application/problem+json");
            softly.assertThat(String.valueOf(answer.jsonPath().getString("detail")))
                    .as(wrong.toString())
                    .contains(wrong.field())
                    .doesNotContain("java", "drawdown", "Jackson", "_Feature", "`");
        }
        // Then
        softly.assertThat(payer()).isEqualTo(before);
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aCardNumberIsRefusedAndNotQuoted(Body body) {
        // Given
        String with = body.body().replaceFirst("\\{", "{\"number\":\"4242424242424242\",");
        // When
        Response answer = user().body(with).request(body.method(), body.path());
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).doesNotContain("4242424242424242");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void withoutAValidTokenOrTheRoleNothingIsAnswered(Route route) {
        SoftAssertions softly = new SoftAssertions();
        String role = route.roles().getFirst();
        for (String token : List.of(
                "", "garbage", TestTokens.forged("x", role), TestTokens.validFor(Duration.ofHours(-1), "x", role))) {
            RequestSpecification bare = RestAssured.given().contentType("application/json");
            RequestSpecification request = token.isEmpty() ? bare : bare.header("Authorization", "Bearer " + token);
            isProblem(softly, token, ask(route, request, route.path()), ProblemType.UNAUTHENTICATED);
        }
        isProblem(
                softly,
                "stranger",
                ask(route, Requests.as("somebody", "stranger"), route.path()),
                ProblemType.FORBIDDEN);
        isProblem(
                softly,
                "another user",
                ask(route, Requests.as("somebody", Role.USER), route.path()),
                ProblemType.FORBIDDEN);
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aPathQueryOrHeaderThatMeansNothingIsRefused(Route route) {
        SoftAssertions softly = new SoftAssertions();
        for (Parameter name : route.parameters("path")) {
            for (String bad : List.of("a%20b", "%C3%A4", "x".repeat(300), "a$b", "%00")) {
                isProblem(
                        softly,
                        bad,
                        ask(route, Requests.as("g", Role.GATEWAY), route.path(name, bad)),
                        ProblemType.INVALID_REQUEST,
                        ProblemType.MALFORMED_URI,
                        ProblemType.NOT_FOUND);
            }
        }
        isProblem(
                softly,
                "unknown",
                ask(route, Requests.as("g", Role.GATEWAY), route.path("unknown=1")),
                ProblemType.INVALID_REQUEST);
        isProblem(
                softly,
                "deadline",
                ask(route, Requests.as("g", Role.GATEWAY).header("Request-Deadline", "soon"), route.path()),
                ProblemType.INVALID_REQUEST);
        isProblem(
                softly,
                "accept",
                ask(route, Requests.as("g", Role.GATEWAY).accept("application/xml"), route.path()),
                ProblemType.NOT_ACCEPTABLE);
        isProblem(
                softly,
                "method",
                Requests.as("g", Role.GATEWAY).body("{}").patch(route.path()),
                ProblemType.METHOD_NOT_ALLOWED);
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatIsNotDeclaredAsJsonOrIsTooLargeIsRefused(Body body) {
        for (String type : new String[] {"text/plain", "text/json", "application/json;charset=utf-16"}) {
            Response answer =
                    user().contentType(type).body(body.body().getBytes(UTF_8)).request(body.method(), body.path());
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
        }
        assertThat(user().body("{\"x\":\"" + "x".repeat(70_000) + "\"}")
                        .request(body.method(), body.path())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aLinkThatMeansNothingOpensNothing() {
        SoftAssertions softly = new SoftAssertions();
        for (String token : List.of("x", "a.b", "%00", "A".repeat(500) + "." + "A".repeat(43), "a%2Fb")) {
            isProblem(
                    softly,
                    token,
                    RestAssured.given().urlEncodingEnabled(false).get("/api/v1/confirmations/" + token),
                    ProblemType.INVALID_REQUEST,
                    ProblemType.MALFORMED_URI,
                    ProblemType.NOT_FOUND);
        }
        isProblem(
                softly,
                "forged",
                RestAssured.given().get("/api/v1/confirmations/AAAA." + "A".repeat(43)),
                ProblemType.NOT_FOUND);
        softly.assertAll();
    }
}
