package io.drawdown.tasks.api;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import static org.awaitility.Awaitility.await;

/** Requests of the tests of the API. */
public final class Requests {

    public static final String TASKS = "/api/v1/tasks";

    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "dead");

    private Requests() {}

    /** A midnight about a month from now. */
    public static String inAMonth() {
        return Instant.now()
                .plus(Duration.ofDays(30))
                .truncatedTo(ChronoUnit.DAYS)
                .toString();
    }

    public static RequestSpecification gateway() {
        return as("shop", Role.GATEWAY);
    }

    public static RequestSpecification operator() {
        return as("olga", Role.OPERATOR);
    }

    public static RequestSpecification service() {
        return as("billing-batch", Role.SERVICE);
    }

    public static RequestSpecification as(String subject, String role) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + TestTokens.of(subject, role))
                .contentType(ContentType.JSON);
    }

    public static Response send(String body) {
        return gateway().body(body.replace('\'', '"')).post(TASKS);
    }

    /** The id of a task that was accepted. */
    public static String accepted(String body) {
        return send(body).then().statusCode(202).extract().path("id");
    }

    public static JsonPath read(String id) {
        return gateway().get(TASKS + "/" + id).then().statusCode(200).extract().jsonPath();
    }

    public static JsonPath awaitState(String id, String state) {
        await().until(() -> state.equals(read(id).getString("state")));
        return read(id);
    }

    public static JsonPath awaitOver(String id) {
        await().until(() -> OVER.contains(read(id).getString("state")));
        return read(id);
    }
}
