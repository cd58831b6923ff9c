package io.drawdown.kit.problem;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@QuarkusTestResource(ProblemsTest.Keys.class)
public class ProblemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"meter\":\"m\",\"amount\":1.5,\"units\":2}              | 200 | ",
                "{                                                         | 400 | malformed-json",
                "[]                                                        | 400 | malformed-json",
                "7                                                         | 400 | malformed-json",
                "\"x\"                                                     | 400 | malformed-json",
                "''                                                        | 400 | invalid-request",
                "null                                                      | 400 | invalid-request",
                "{}                                                        | 400 | malformed-json",
                "{\"meter\":\"m\",\"amount\":1,\"units\":1.5}              | 400 | malformed-json",
                "{\"meter\":\"m\",\"amount\":1,\"units\":\"1\"}            | 400 | malformed-json",
                "{\"meter\":5,\"amount\":1,\"units\":1}                    | 400 | malformed-json",
                "{\"meter\":\"m\",\"amount\":\"1\",\"units\":1}            | 400 | malformed-json",
                "{\"meter\":\"m\",\"amount\":1,\"units\":1,\"more\":1}     | 400 | invalid-request",
                "{\"meter\":\"m\",\"amount\":1,\"units\":9999999999999999999} | 400 | malformed-json",
                "{\"meter\":\"\",\"amount\":1,\"units\":1}                 | 400 | invalid-request",
                "{\"meter\":\"m\",\"amount\":1e400,\"units\":1}            | 422 | amount-out-of-range",
                "{\"meter\":\"m\",\"amount\":8589934592.000001,\"units\":1}| 422 | amount-out-of-range",
                "{\"meter\":\"m\",\"amount\":0.0000001,\"units\":1}        | 422 | invalid-amount"
            })
    void bodyIsAnsweredWithWhatIsWrongWithIt(String body, int status, String slug) {
        // When
        ValidatableResponse response = as(Role.USER)
                .contentType("application/json")
                .body(body)
                .post("/probe")
                .then();
        // Then
        response.statusCode(status);
        if (slug != null) {
            expect(response, slug);
        }
    }

    @Test
    void refusalOfTheRouterIsAProblemToo() {
        expect(as(Role.USER).get("/nothing").then().statusCode(404), "not-found");
        expect(as(Role.USER).delete("/probe").then().statusCode(405), "method-not-allowed");
        expect(
                as(Role.USER)
                        .contentType("text/plain")
                        .body("x")
                        .post("/probe")
                        .then()
                        .statusCode(415),
                "unsupported-media-type");
        expect(
                as(Role.USER)
                        .contentType("application/json")
                        .accept("image/png")
                        .body("{\"meter\":\"m\",\"amount\":1,\"units\":1}")
                        .post("/probe")
                        .then()
                        .statusCode(406),
                "not-acceptable");
        expect(
                as(Role.USER)
                        .contentType("application/json")
                        .body("x".repeat(70_000))
                        .post("/probe")
                        .then()
                        .statusCode(413),
                "payload-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/probe/%", "/probe/%zz", "/%c0%80", "/probe?x=%zz"})
    void uriThatCannotBeReadIsAnsweredAsAClientsMistake(String uri) throws IOException {
        // When
        String answer = raw("GET " + uri + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json", "urn:drawdown:problem:");
    }

    @Test
    void everyAnswerSaysThatItIsNoPage() {
        for (ValidatableResponse answer : List.of(
                as(Role.USER).get("/probe/accounts/ada").then().statusCode(200),
                as(Role.USER).get("/probe/faults/bug").then().statusCode(500),
                as(Role.USER).get("/nothing").then().statusCode(404),
                given().get("/probe/accounts/ada").then().statusCode(401))) {
            AnswerHeaders.ALL.forEach((name, value) ->
                    assertThat(answer.extract().headers().getValues(name)).containsExactly(value));
        }
    }

    @Test
    void tooLongBodyOfUnknownLengthIsCutOff() throws IOException {
        // When
        String chunk = "10000\r\n" + " ".repeat(65536) + "\r\n";
        String answer = raw("POST /probe HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TestTokens.of("ada", Role.USER)
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + chunk + chunk + "0\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:drawdown:problem:payload-too-large");
    }

    @Test
    void bodyOfUnknownLengthIsReadLikeAnyOther() throws IOException {
        // When
        String body = "{\"meter\":\"m\",\"amount\":1,\"units\":2}";
        String answer = raw("POST /probe HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + TestTokens.of("ada", Role.USER) + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"units\":2");
    }

    @Test
    void callerWithoutAValidTokenIsUnauthenticated() {
        expect(given().get("/probe/accounts/ada").then().statusCode(401), "unauthenticated");
        for (String token : new String[] {
            "x",
            "a.b.c",
            TestTokens.forged("ada", Role.USER),
            TestTokens.validFor(Duration.ofHours(-1), "ada", Role.USER)
        }) {
            expect(
                    given().header("Authorization", "Bearer " + token)
                            .get("/probe/accounts/ada")
                            .then()
                            .statusCode(401),
                    "unauthenticated");
        }
    }

    @Test
    void accountOfSomebodyElseIsForbidden() {
        as(Role.USER).get("/probe/accounts/ada").then().statusCode(200);
        as(Role.GATEWAY).get("/probe/accounts/bob").then().statusCode(200);
        expect(as(Role.USER).get("/probe/accounts/bob").then().statusCode(403), "forbidden");
        expect(as("stranger").get("/probe/accounts/ada").then().statusCode(403), "forbidden");
    }

    @Test
    void faultsHideDetailsButSayWhetherWaitingHelps() {
        expect(
                as(Role.USER)
                        .get("/probe/faults/unavailable")
                        .then()
                        .statusCode(503)
                        .header("Retry-After", "1"),
                "unavailable");
        expect(as(Role.USER).get("/probe/faults/full").then().statusCode(429).header("Retry-After", "7"), "queue-full");
        expect(
                as(Role.USER)
                        .get("/probe/faults/problem")
                        .then()
                        .statusCode(402)
                        .body("credits_required", equalTo(3)),
                "insufficient-credits");
        expect(
                as(Role.USER).get("/probe/faults/bug").then().statusCode(500).body("detail", not(equalTo("a bug"))),
                "internal");
    }

    @Test
    void wellFormedRequestIdIsReturned() {
        as(Role.USER)
                .header("X-Request-ID", "mine-1")
                .get("/probe/accounts/ada")
                .then()
                .header("X-Request-ID", "mine-1");
        as(Role.USER)
                .header("X-Request-ID", "two words")
                .get("/probe/accounts/bob")
                .then()
                .header("X-Request-ID", not(equalTo("two words")))
                .body("instance", not(equalTo("two words")));
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + TestTokens.of("ada", role));
    }

    private static void expect(ValidatableResponse response, String slug) {
        response.contentType("application/problem+json")
                .header("X-Request-ID", notNullValue())
                .body("type", equalTo("urn:drawdown:problem:" + slug))
                .body("title", notNullValue())
                .body("status", notNullValue())
                .body("detail", notNullValue())
                .body("instance", notNullValue());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static final class Keys implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return Map.of("drawdown.jwt-public-key", TestTokens.publicKeyLocation());
        }

        @Override
        public void stop() {}
    }
}
