package io.drawdown.billing.testing;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.service.V1Services;
import io.drawdown.billing.charge.Card;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;

/** What a customer does at Stripe, and what the stand-in tells of it. */
public final class StripeOracle {

    private final String url;

    public StripeOracle(String url) {
        this.url = url;
    }

    /** @param customer with {@code card} attached */
    public record Customer(String customer, Card card) {}

    private V1Services stripe() {
        return StripeClient.builder()
                .setApiKey(QueueServers.STRIPE_KEY)
                .setApiBase(url)
                .build()
                .v1();
    }

    /** A new customer with a card, e.g. {@code pm_card_visa}. */
    public Customer customer(String paymentMethod) {
        try {
            String customer = stripe().customers()
                    .create(CustomerCreateParams.builder().build())
                    .getId();
            return new Customer(customer, attach(customer, paymentMethod));
        } catch (StripeException e) {
            throw new IllegalStateException(e);
        }
    }

    public Card attach(String customer, String paymentMethod) {
        try {
            var attached = stripe().paymentMethods()
                    .attach(
                            paymentMethod,
                            PaymentMethodAttachParams.builder()
                                    .setCustomer(customer)
                                    .build());
            return new Card(
                    attached.getId(),
                    attached.getCard().getFingerprint(),
                    attached.getCard().getBrand(),
                    attached.getCard().getLast4());
        } catch (StripeException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often money was taken for that charge. */
    public int taken(String chargeId) {
        return counted(chargeId, "count");
    }

    /** How often the card was declined for that charge. */
    public int declined(String chargeId) {
        return counted(chargeId, "declined");
    }

    private int counted(String chargeId, String what) {
        return RestAssured.given()
                .noFilters()
                .get(url + "/_oracle/charges?metadata[charge]=" + chargeId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt(what);
    }

    /** How many cents of that charge were given back. */
    public int refunded(String chargeId) {
        return RestAssured.given()
                .noFilters()
                .get(url + "/_oracle/charges?metadata[charge]=" + chargeId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("refunded");
    }

    /** The owner of the card does what the bank asks for. */
    public void authenticate(String chargeId) {
        try {
            String intent = stripe().paymentIntents().list().getData().stream()
                    .filter(each -> chargeId.equals(each.getMetadata().get("charge")))
                    .map(PaymentIntent::getId)
                    .findFirst()
                    .orElseThrow();
            RestAssured.given()
                    .noFilters()
                    .contentType(ContentType.JSON)
                    .body("{\"succeeds\":true}")
                    .post(url + "/_oracle/authenticate/" + intent)
                    .then()
                    .statusCode(200);
        } catch (StripeException e) {
            throw new IllegalStateException(e);
        }
    }

    public void fault(Map<String, Object> fault) {
        RestAssured.given()
                .noFilters()
                .contentType(ContentType.JSON)
                .body(fault)
                .post(url + "/_oracle/faults")
                .then()
                .statusCode(200);
    }

    /** What the oracle is told, and answers. */
    public JsonPath tell(String route, Map<String, Object> body) {
        return RestAssured.given()
                .noFilters()
                .contentType(ContentType.JSON)
                .body(body)
                .post(url + "/_oracle/" + route)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public JsonPath ask(String route) {
        return RestAssured.given()
                .noFilters()
                .urlEncodingEnabled(false)
                .get(url + "/_oracle/" + route)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Stripe delivers its events here from now on, signed with these secrets. */
    public void deliverTo(String address, String... secrets) {
        tell("webhook_endpoints", Map.of("url", address, "secrets", List.of(secrets), "retry_ms", 100));
    }

    public void deliverNowhere() {
        for (String id : ask("webhook_endpoints").getList("endpoints.id", String.class)) {
            RestAssured.given().noFilters().delete(url + "/_oracle/webhook_endpoints/" + id);
        }
        RestAssured.given().noFilters().delete(url + "/_oracle/webhook_faults");
        RestAssured.given().noFilters().delete(url + "/_oracle/faults");
    }

    /** Money is given back. */
    public void refund(String charge, long cents) {
        RestAssured.given()
                .noFilters()
                .header("Authorization", "Bearer " + QueueServers.STRIPE_KEY)
                .formParam("charge", charge)
                .formParam("amount", cents)
                .post(url + "/v1/refunds")
                .then()
                .statusCode(200);
    }
}
