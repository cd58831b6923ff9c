package io.drawdown.billing.api.hook;

import io.drawdown.billing.hook.MongoInbox;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Signed;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.Time;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Everything that can be wrong with a delivery: refused with 400, and nothing of it is stored. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class WebhookInputTest {

    private static final String HOOK = "/api/v1/stripe/webhooks";

    @Inject
    MongoInbox inbox;

    @Inject
    CoreLoop loop;

    @Inject
    Time time;

    private final String id = "evt_" + UUID.randomUUID().toString().replace("-", "");

    private String event() {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"customer.created\",\"livemode\":false,"
                + "\"data\":{\"object\":{\"id\":\"cus_1\"}}}";
    }

    private static RequestSpecification json() {
        return RestAssured.given().contentType("application/json; charset=utf-8");
    }

    private String header(String body) {
        return Signed.header(QueueServers.WEBHOOK_SECRET, time.now().getEpochSecond(), body);
    }

    private void isRefused(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(ProblemType.ofUrn(answer.jsonPath().getString("type"))).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(loop.call(() -> inbox.get(id)).await().indefinitely()).isEmpty();
    }

    @Test
    void eventIsTakenOnceAndAnsweredTheSameAgain() {
        // When
        Response first =
                json().header("Stripe-Signature", header(event())).body(event()).post(HOOK);
        Response second =
                json().header("Stripe-Signature", header(event())).body(event()).post(HOOK);
        // Then
        assertThat(first.statusCode()).as(first.asString()).isEqualTo(200);
        assertThat(first.jsonPath().getBoolean("duplicate")).isFalse();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.jsonPath().getBoolean("duplicate")).isTrue();
        assertThat(loop.call(() -> inbox.get(id)).await().indefinitely()).isPresent();
    }

    @Test
    void deliveryThatIsNotSignedRightIsRefused() {
        long now = time.now().getEpochSecond();
        String body = event();
        isRefused(json().body(body).post(HOOK));
        isRefused(json().header("Stripe-Signature", "").body(body).post(HOOK));
        isRefused(
                json().header("Stripe-Signature", header(body) + ",").body(body).post(HOOK));
        isRefused(
                json().header("Stripe-Signature", header(body)).body(body + " ").post(HOOK));
        isRefused(json().header("Stripe-Signature", Signed.header("whsec_of_nobody_here", now, body))
                .body(body)
                .post(HOOK));
        isRefused(json().header("Stripe-Signature", Signed.header(QueueServers.WEBHOOK_SECRET, now - 330, body))
                .body(body)
                .post(HOOK));
        isRefused(json().header("Stripe-Signature", Signed.header(QueueServers.WEBHOOK_SECRET, now + 330, body))
                .body(body)
                .post(HOOK));
        isRefused(json().header("Stripe-Signature", header(body), header(body))
                .body(body)
                .post(HOOK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{'id':'ID','object':'event','type':'customer.created','livemode':true}",
                "{'id':'ID','object':'event','type':'customer.created'}",
                "{'id':'ID','object':'event','livemode':false}",
                "{'id':'ID','object':'charge','type':'customer.created','livemode':false}",
                "{'id':'ID ','object':'event','type':'customer.created','livemode':false}"
            })
    void signedBodyThatIsNoEventOfThisModeIsRefused(String form) {
        // Given
        String body = form.replace('\'', '"').replace("ID", id);
        // When, then
        isRefused(json().header("Stripe-Signature", header(body))
                .body(body.getBytes(UTF_8))
                .post(HOOK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gold-plan.monthly", "../x", "a b", "", "of 200,000 characters"})
    void anEventOfAnObjectThatConcernsNobodyHereIsTaken(String object) {
        // Given
        String body = event().replace("cus_1", object.startsWith("of") ? "x".repeat(200_000) : object);
        // When
        Response taken =
                json().header("Stripe-Signature", header(body)).body(body).post(HOOK);
        // Then
        assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(200);
        assertThat(loop.call(() -> inbox.get(id)).await().indefinitely()).isPresent();
    }

    @Test
    void bodyOfAnotherTypeOrTooLargeIsRefused() {
        // Given
        String large = event().replace("cus_1", "cus_" + "x".repeat(1 << 20));
        // When, then
        RestAssured.given()
                .contentType("text/plain")
                .header("Stripe-Signature", header(event()))
                .body(event())
                .post(HOOK)
                .then()
                .statusCode(415);
        json().header("Stripe-Signature", header(large))
                .body(large)
                .post(HOOK)
                .then()
                .statusCode(413);
        json().get(HOOK).then().statusCode(405);
    }
}
