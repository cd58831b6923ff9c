package io.drawdown.sessions.api;

import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.awaitility.Awaitility;

import static io.restassured.RestAssured.given;

/** The REST routes as a gateway uses them. */
final class RestSessions {

    private RestSessions() {}

    static RequestSpecification as(String subject, String role) {
        return given().header("Authorization", "Bearer " + TestTokens.of(subject, role));
    }

    static RequestSpecification asGateway() {
        return as("shop", Role.GATEWAY);
    }

    /** Waits until the session is in that state. */
    static ValidatableResponse awaitState(String id, String state) {
        return Awaitility.await(id + " " + state)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> asGateway().get("/api/v1/sessions/" + id),
                        (Response answer) -> state.equalsIgnoreCase(answer.path("state")))
                .then();
    }
}
