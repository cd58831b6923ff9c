package io.drawdown.billing.api.payer;

import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.CardHolder;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.SlackStandIn;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Payers and their cards over HTTP, against the Stripe-compatible server; the page of the owner talks to that server itself. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class PayersTest {

    private static final String ITEMS = "/api/v1/queue/items";

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    @ConfigProperty(name = "drawdown.queue.slack.api-base")
    String slackUrl;

    @Inject
    Payers payers;

    @Inject
    CoreLoop loop;

    private StripeOracle stripe;
    private String team;
    private CardHolder holder;

    @BeforeEach
    void aTeam() {
        stripe = new StripeOracle(stripeUrl);
        team = "payer-" + UUID.randomUUID();
        holder = new CardHolder(team, stripeUrl);
        new SlackStandIn(slackUrl).channel("C1");
        Requests.operator()
                .body(Map.of("slack_channel", "C1"))
                .put("/api/v1/queue/teams/" + team)
                .then()
                .statusCode(200);
    }

    @AfterEach
    void clear() {
        stripe.deliverNowhere();
    }

    private int customersMade() {
        return stripe.ask("requests?path=/v1/customers").getList("requests").size();
    }

    private String queue(String name) {
        return Requests.operator()
                .body(Map.of("team", team, "item_id", name, "title", name, "publisher", "Ada"))
                .post(ITEMS)
                .jsonPath()
                .getString("id");
    }

    /** After three that are free. */
    private String queuePaid() {
        for (String name : List.of("a", "b", "c")) {
            processNow(queue(name));
        }
        return queue("d");
    }

    private static JsonPath processNow(String id) {
        return Requests.operator().post(ITEMS + "/" + id + "/process-now").jsonPath();
    }

    private static String state(String id) {
        return Requests.read(ITEMS + "/" + id).getString("state");
    }

    private static void isProblem(Response response, ProblemType type) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(type.status());
        assertThat(ProblemType.ofUrn(response.jsonPath().getString("type"))).isEqualTo(type);
    }

    @Test
    void payerIsOneCustomerHoweverOftenItIsOpened() {
        // Given
        int before = customersMade();
        // When
        JsonPath first = holder.open();
        JsonPath second = holder.api()
                .body("{\"email\":\"ada@acme.example\"}")
                .put(CardHolder.address(team))
                .jsonPath();
        // Then
        assertThat(customersMade()).isEqualTo(before + 1);
        assertThat(first.getString("card_state")).isEqualTo("none");
        assertThat(second.getString("email")).isEqualTo("ada@acme.example");
        assertThat(holder.payer().getString("id")).isEqualTo(team);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no_answer_after", "no_answer_before", "error_500", "empty_200", "bad_gateway", "rate_limit"})
    void openingWhoseAnswerIsLostIsSentAgainAndMakesOneCustomer(String fault) {
        // Given
        stripe.fault(Map.of("kind", fault, "path", "/v1/customers", "method", "POST", "executes", true));
        int before = customersMade();
        // When
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        holder.api().body("{}").put(CardHolder.address(team)).statusCode() == 200);
        // Then
        List<Map<String, ?>> made = stripe.ask("requests?path=/v1/customers").getList("requests");
        long keys = made.subList(before, made.size()).stream()
                .filter(request -> request.get("key") != null)
                .map(request -> request.get("key"))
                .distinct()
                .count();
        assertThat(keys).isEqualTo(fault.equals("error_500") ? 2 : 1);
        assertThat(holder.card("pm_card_visa").getBoolean("pays")).isTrue();
    }

    @Test
    void cardIsSetUpWithConsentAndPays() {
        // Given
        holder.open();
        String paid = queuePaid();
        JsonPath setup = holder.begin(5_000);
        // When
        isProblem(holder.attach(setup), ProblemType.CARD_SETUP_NOT_FINISHED);
        holder.finish(setup, "pm_card_visa").then().statusCode(200);
        JsonPath card = holder.attach(setup).then().statusCode(200).extract().jsonPath();
        // Then
        assertThat(card.getString("last4")).isEqualTo("4242");
        assertThat(card.getString("consent.by")).isEqualTo(team);
        assertThat(card.getString("consent.text_version")).isEqualTo("2026-11");
        assertThat(card.getLong("consent.cap_cents")).isEqualTo(5_000);
        assertThat(holder.payer().getString("card_state")).isEqualTo("usable");
        assertThat(holder.cards().getList("items.id")).containsExactly(card.getString("id"));
        await().atMost(Duration.ofSeconds(20)).until(() -> state(paid).equals("published"));
        assertThat(stripe.taken(paid + "-1")).isOne();
        holder.attach(setup).then().statusCode(200);
        assertThat(stripe.ask("requests?path=/v1/setup_intents")
                        .getString("requests.find { it.params?.metadata?.payer == '" + team + "' }.params.usage"))
                .isEqualTo("off_session");
    }

    @Test
    void chargeAboveTheConsentWaitsForACard() {
        // Given
        holder.open();
        JsonPath setup = holder.begin(500);
        holder.finish(setup, "pm_card_visa");
        holder.attach(setup).then().statusCode(200);
        // When
        String paid = queuePaid();
        JsonPath waiting = processNow(paid);
        // Then
        assertThat(waiting.getString("state")).isEqualTo("waiting_for_card");
        assertThat(waiting.getString("reason.code")).isEqualTo("beyond_consent");
        assertThat(stripe.taken(paid + "-1")).isZero();
        // When
        holder.card("pm_card_visa");
        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> state(paid).equals("published"));
    }

    @Test
    void setupOfAnotherPayerIsNotFound() {
        // Given
        holder.open();
        CardHolder other = new CardHolder("other-" + UUID.randomUUID(), stripeUrl);
        other.open();
        JsonPath setup = other.begin(5_000);
        other.finish(setup, "pm_card_visa");
        // When, then
        isProblem(holder.attach(setup), ProblemType.CARD_SETUP_NOT_FOUND);
        isProblem(
                holder.api().body("{\"setup_intent\":\"seti_unknown\"}").post(CardHolder.address(team) + "/cards"),
                ProblemType.CARD_SETUP_NOT_FOUND);
        assertThat(holder.payer().getString("card_state")).isEqualTo("none");
    }

    @Test
    void payerAndItsCardsAreTheirOwners() {
        // Given
        JsonPath card = holder.card("pm_card_visa");
        String address = CardHolder.address(team);
        // When, then
        for (Response response : List.of(
                Requests.as("mallory", Role.USER).get(address),
                Requests.as("mallory", Role.USER).body("{}").put(address),
                Requests.as("mallory", Role.USER).get(address + "/cards"),
                Requests.as("mallory", Role.USER)
                        .body("{\"consent\":{\"text_version\":\"1\",\"cap_cents\":50}}")
                        .post(address + "/card-setups"),
                Requests.as("mallory", Role.USER).delete(address + "/cards/" + card.getString("id")),
                Requests.as("olga", Role.OPERATOR)
                        .body("{\"consent\":{\"text_version\":\"1\",\"cap_cents\":50}}")
                        .post(address + "/card-setups"))) {
            isProblem(response, ProblemType.FORBIDDEN);
        }
        isProblem(Requests.operator().get(CardHolder.address("nobody")), ProblemType.PAYER_NOT_FOUND);
    }

    @Test
    void cardThatIsDetachedIsGoneHereAndAtStripe() {
        // Given
        String card = holder.card("pm_card_visa").getString("id");
        CardHolder other = new CardHolder("other-" + UUID.randomUUID(), stripeUrl);
        String foreign = other.card("pm_card_visa").getString("id");
        String address = CardHolder.address(team) + "/cards/";
        // When
        isProblem(holder.api().delete(address + foreign), ProblemType.CARD_NOT_FOUND);
        stripe.fault(Map.of("kind", "no_answer_after", "path", "/v1/payment_methods/*/detach"));
        int lost = holder.api().delete(address + card).statusCode();
        // Then
        assertThat(lost).isEqualTo(503);
        assertThat(holder.cards().getList("items")).isEmpty();
        isProblem(holder.api().delete(address + card), ProblemType.CARD_NOT_FOUND);
        assertThat(holder.payer().getString("card_state")).isEqualTo("none");
        assertThat(other.cards().getList("items.id")).containsExactly(foreign);
    }

    @Test
    void cardThatOnlyThePayerHasLetGoIsNoRequestThatChangedNothing() {
        // Given
        String card = holder.card("pm_card_visa").getString("id");
        String address = CardHolder.address(team) + "/cards/" + card;
        stripe.fault(Map.of("kind", "rate_limit", "path", "/v1/payment_methods/" + card, "method", "GET"));
        // When
        Response first = holder.api().delete(address);
        // Then
        isProblem(first, ProblemType.OUTCOME_UNKNOWN);
        assertThat(holder.cards().getList("items")).isEmpty();
        assertThat(holder.api().delete(address).statusCode()).isEqualTo(200);
        isProblem(holder.api().delete(address), ProblemType.CARD_NOT_FOUND);
    }

    @Test
    void cardIsDetachedThoughStripeKeepsTheFaultOfTheFirstTry() {
        // Given
        String card = holder.card("pm_card_visa").getString("id");
        String address = CardHolder.address(team) + "/cards/" + card;
        stripe.fault(Map.of("kind", "error_500", "path", "/v1/payment_methods/*/detach"));
        // When
        Response first = holder.api().delete(address);
        Response second = holder.api().delete(address);
        // Then
        isProblem(first, ProblemType.OUTCOME_UNKNOWN);
        assertThat(second.statusCode()).as(second.asString()).isEqualTo(200);
    }

    @Test
    void setupsThatStripeDoesNotTakeLeaveTheOthersAlone() {
        // Given
        holder.open();
        JsonPath setup = holder.begin(5_000);
        stripe.fault(Map.of("kind", "rate_limit", "path", "/v1/setup_intents", "method", "POST", "times", 25));
        // When
        for (int n = 0; n < 25; n++) {
            isProblem(
                    holder.api()
                            .body("{\"consent\":{\"text_version\":\"1\",\"cap_cents\":50}}")
                            .post(CardHolder.address(team) + "/card-setups"),
                    ProblemType.UNAVAILABLE);
        }
        // Then
        holder.finish(setup, "pm_card_visa").then().statusCode(200);
        holder.attach(setup).then().statusCode(200);
    }

    @Test
    void addressOfMailIsNotStoredUntilThereIsACustomer() {
        // Given
        stripe.fault(Map.of("kind", "rate_limit", "path", "/v1/customers", "method", "POST"));
        // When
        Response refused = holder.api().body("{\"email\":\"ada@acme.example\"}").put(CardHolder.address(team));
        // Then
        isProblem(refused, ProblemType.UNAVAILABLE);
        assertThat(loop.call(() -> payers.find(team)).await().indefinitely())
                .get()
                .extracting(PayerDocument::email)
                .isNull();
    }

    @Test
    void bankThatWantsItsCustomerGetsThemByALink() {
        // Given
        holder.open();
        JsonPath setup = holder.begin(5_000);
        holder.finish(setup, "pm_card_authenticationRequired").then().statusCode(200);
        stripe.tell("authenticate/" + setup.getString("setup_intent"), Map.of());
        holder.attach(setup).then().statusCode(200);
        String paid = queuePaid();
        assertThat(processNow(paid).getString("state")).isEqualTo("waiting_for_customer");
        isProblem(
                Requests.as("mallory", Role.USER).post(ITEMS + "/" + paid + "/confirmation"),
                ProblemType.ITEM_NOT_FOUND);
        String link = holder.api()
                .post(ITEMS + "/" + paid + "/confirmation")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("link");
        // When
        Response opened = RestAssured.given().get(link);
        JsonPath open = opened.jsonPath();
        // Then
        assertThat(opened.statusCode()).as(opened.asString()).isEqualTo(200);
        assertThat(opened.header("Cache-Control")).isEqualTo("no-store");
        assertThat(open.getString("state")).isEqualTo("open");
        assertThat(open.getLong("amount_cents")).isEqualTo(799);
        // When
        holder.confirm(open);
        processNow(paid);
        // Then
        assertThat(state(paid)).isEqualTo("published");
        assertThat(stripe.taken(paid + "-1")).isOne();
        JsonPath after = RestAssured.given().get(link).jsonPath();
        assertThat(after.getString("state")).isEqualTo("paid");
        assertThat(after.getString("client_secret")).isNull();
        isProblem(holder.api().post(ITEMS + "/" + paid + "/confirmation"), ProblemType.CONFIRMATION_NOT_NEEDED);
        isProblem(RestAssured.given().get(link + "x"), ProblemType.INVALID_REQUEST);
        isProblem(
                RestAssured.given().get(link.substring(0, link.length() - 43) + "A".repeat(43)), ProblemType.NOT_FOUND);
    }
}
