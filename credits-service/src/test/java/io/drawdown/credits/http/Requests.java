package io.drawdown.credits.http;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.util.UUID;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;

/** What the tests of the routes send. */
public final class Requests {

    private Requests() {}

    public static RequestSpecification as(String role) {
        return as(role, "tester");
    }

    public static RequestSpecification as(String role, String subject) {
        return RestAssured.given()
                .config(RestAssured.config()
                        .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.BIG_DECIMAL)))
                .auth()
                .oauth2(TestTokens.of(subject, role))
                .contentType("application/json");
    }

    /** Equal as a number, however it was read. */
    public static Matcher<Number> credits(String amount) {
        return new CustomTypeSafeMatcher<>(amount + " credits") {
            @Override
            protected boolean matchesSafely(Number actual) {
                return new BigDecimal(actual.toString()).compareTo(new BigDecimal(amount)) == 0;
            }
        };
    }

    public static RequestSpecification gateway() {
        return as(Role.GATEWAY);
    }

    public static RequestSpecification operator() {
        return as(Role.OPERATOR);
    }

    /** An account that no other test knows. */
    public static String newId() {
        return "acc-" + UUID.randomUUID();
    }

    /** A new account with so many purchased credits, perhaps none. */
    public static String opened(long credits) {
        String id = newId();
        String grant = credits == 0 ? "" : "{\"kind\":\"purchased\",\"amount\":" + credits + "}";
        gateway()
                .body("{\"grants\":[" + grant + "]}")
                .put("/api/v1/accounts/" + id)
                .then()
                .statusCode(201);
        return id;
    }

    public static ValidatableResponse charge(String id, String key, String body) {
        return gateway()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/accounts/" + id + "/charges")
                .then();
    }

    public static ValidatableResponse funding(String session, String verb, String body) {
        return as(Role.SERVICE)
                .body(body)
                .post("/api/v1/internal/sessions/" + session + "/" + verb)
                .then();
    }
}
