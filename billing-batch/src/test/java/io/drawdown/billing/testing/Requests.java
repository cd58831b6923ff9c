package io.drawdown.billing.testing;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Requests as clients send them. */
public final class Requests {

    public static final String WORKER = "/api/worker/queue_worker";
    public static final String RUNS = "/api/v1/batch/runs";
    public static final String PROCESSES = "/api/v1/batch/processes";

    private Requests() {}

    public static RequestSpecification as(String subject, String role) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + TestTokens.of(subject, role))
                .contentType(ContentType.JSON);
    }

    public static RequestSpecification operator() {
        return as("olga", Role.OPERATOR);
    }

    /** With the secret. */
    public static RequestSpecification cron() {
        return RestAssured.given().header("X-Worker-Secret", BillingServers.SECRET);
    }

    public static Response worker(String body) {
        return cron().contentType(ContentType.JSON).body(body).post(WORKER);
    }

    /** Begins a run that goes on, and returns its address. */
    public static String begin(String body) {
        return cron().contentType(ContentType.JSON)
                .header("Prefer", "respond-async")
                .body(body)
                .post(WORKER)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    public static JsonPath read(String address) {
        return operator().get(address).then().statusCode(200).extract().jsonPath();
    }
}
