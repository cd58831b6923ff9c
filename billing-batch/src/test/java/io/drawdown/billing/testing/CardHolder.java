package io.drawdown.billing.testing;

import io.drawdown.kit.security.Role;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Who owns cards: what their page does here, and at Stripe with a publishable key and a client secret. */
public final class CardHolder {

    private static final String KEY = "pk_test_ofTheirPage0123456789";

    private final String payer;
    private final String stripe;

    /** @param stripe the address of Stripe */
    public CardHolder(String payer, String stripe) {
        this.payer = payer;
        this.stripe = stripe;
    }

    public static String address(String payer) {
        return "/api/v1/payers/" + payer;
    }

    public RequestSpecification api() {
        return Requests.as(payer, Role.USER);
    }

    public JsonPath open() {
        return api().body("{}")
                .put(address(payer))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Agrees to charges up to that. */
    public JsonPath begin(long capCents) {
        return api().body(Map.of("consent", Map.of("text_version", "2026-11", "cap_cents", capCents)))
                .post(address(payer) + "/card-setups")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    /** Gives the card to Stripe. */
    public Response finish(JsonPath setup, String card) {
        return RestAssured.given()
                .noFilters()
                .header("Authorization", "Bearer " + KEY)
                .formParam("client_secret", setup.getString("client_secret"))
                .formParam("payment_method", card)
                .post(stripe + "/v1/setup_intents/" + setup.getString("setup_intent") + "/confirm");
    }

    public Response attach(JsonPath setup) {
        return api().body(Map.of("setup_intent", setup.getString("setup_intent")))
                .post(address(payer) + "/cards");
    }

    /** A card from beginning to end. */
    public JsonPath card(String card) {
        open();
        JsonPath setup = begin(100_000);
        finish(setup, card).then().statusCode(200);
        return attach(setup).then().statusCode(200).extract().jsonPath();
    }

    /** Confirms a payment at Stripe, and does what their bank asks. */
    public void confirm(JsonPath confirmation) {
        String intent = confirmation.getString("payment_intent");
        RestAssured.given()
                .noFilters()
                .header("Authorization", "Bearer " + KEY)
                .formParam("client_secret", confirmation.getString("client_secret"))
                .formParam("payment_method", confirmation.getString("card_id"))
                .post(stripe + "/v1/payment_intents/" + intent + "/confirm")
                .then()
                .statusCode(200);
        RestAssured.given()
                .noFilters()
                .contentType("application/json")
                .body("{}")
                .post(stripe + "/_oracle/authenticate/" + intent)
                .then()
                .statusCode(200);
    }

    public JsonPath payer() {
        return Requests.read(address(payer));
    }

    public JsonPath cards() {
        return Requests.read(address(payer) + "/cards");
    }
}
