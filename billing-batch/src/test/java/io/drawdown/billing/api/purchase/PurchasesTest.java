package io.drawdown.billing.api.purchase;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.CreditsOracle;
import io.drawdown.billing.testing.CreditsServer;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole way: bought over HTTP, charged at the Stripe-compatible server, granted by a call of the internal route. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
@QuarkusTestResource(CreditsServer.class)
class PurchasesTest {

    static final String PURCHASES = "/api/v1/purchases";
    static final String TOP_UPS = "/api/v1/auto-top-ups/";

    @Inject
    Items items;

    @Inject
    Purchases purchases;

    @Inject
    CoreLoop loop;

    @ConfigProperty(name = "drawdown.credits-url")
    String creditsUrl;

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    private CreditsOracle credits;
    private StripeOracle stripe;
    private String account;

    @BeforeEach
    void anAccountWithACard() {
        credits = new CreditsOracle(creditsUrl);
        stripe = new StripeOracle(stripeUrl);
        account = "acc-" + UUID.randomUUID();
        credits.account(account, 100);
        StripeOracle.Customer customer = stripe.customer("pm_card_visa");
        attach(customer.customer(), customer.card());
    }

    private void attach(String customer, Card card) {
        loop.call(() -> items.payers().attach(account, customer, card)).await().indefinitely();
    }

    private void attachOther(String paymentMethod) {
        Payers payers = items.payers();
        String customer = Objects.requireNonNull(loop.call(() -> payers.find(account))
                .await()
                .indefinitely()
                .orElseThrow()
                .customer());
        attach(customer, stripe.attach(customer, paymentMethod));
    }

    private Response buy(String key, String body) {
        return Requests.as(account, Role.USER)
                .header("Idempotency-Key", key)
                .body(body.replace('\'', '"').replace("@", account))
                .post(PURCHASES);
    }

    private JsonPath bought(String key) {
        return buy(key, "{'account':'@','pack':'pack_300'}")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static JsonPath purchase(String id) {
        return Requests.read(PURCHASES + "/" + id);
    }

    private static void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(purchase(id).getString("state")).isEqualTo(state));
    }

    @Test
    void packsAreThoseOfTheConfiguration() {
        // When
        JsonPath packs = Requests.as(account, Role.USER).get("/api/v1/packs").jsonPath();
        // Then
        assertThat(packs.getList("items.name")).containsExactly("pack_300", "pack_600", "pack_1000", "pack_2000");
        assertThat(packs.getList("items.price_cents")).containsExactly(150, 300, 500, 1000);
        assertThat(packs.getList("items.credits")).containsExactly(300, 600, 1000, 2000);
    }

    @Test
    void purchaseIsChargedOnceAndGrantedOnce() {
        // When
        JsonPath bought = bought("key-1");
        // Then
        String id = bought.getString("id");
        assertThat(bought.getString("state")).isEqualTo("granted");
        assertThat(bought.getLong("amount_cents")).isEqualTo(150);
        assertThat(bought.getLong("grant.seq")).isPositive();
        assertThat(stripe.taken(id)).isOne();
        assertThat(credits.given(account).getInt("balance")).isEqualTo(400);
        assertThat(credits.given(account).getString("reference")).isEqualTo("purchase " + id);
        // When
        Response again = buy("key-1", "{'account':'@','pack':'pack_300','on_session':true}");
        // Then
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.jsonPath().getString("id")).isEqualTo(id);
        assertThat(buy("key-1", "{'account':'@','pack':'pack_600'}").statusCode())
                .isEqualTo(422);
        assertThat(stripe.taken(id)).isOne();
        assertThat(credits.given(account).getInt("balance")).isEqualTo(400);
    }

    @Test
    void purchaseStaysPaidUntilTheGrantIsAnswered() {
        // Given
        credits.failing(account, 2);
        // When
        JsonPath bought = bought("key-1");
        // Then
        assertThat(bought.getString("state")).isEqualTo("paid");
        awaitState(bought.getString("id"), "granted");
        assertThat(stripe.taken(bought.getString("id"))).isOne();
        assertThat(credits.given(account).getInt("grants")).isOne();
        assertThat(credits.given(account).getInt("asked")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void moneyForAnAccountThatIsClosedMeanwhileIsGivenBack() {
        // Given
        stripe.fault(Map.of("kind", "no_answer_after", "path", "/v1/payment_intents/*/confirm", "times", 1));
        credits.closing(account);
        stripe.fault(Map.of("kind", "no_answer_after", "path", "/v1/refunds", "times", 1));
        // When
        String id = bought("key-1").getString("id");
        // Then
        awaitState(id, "refunded");
        assertThat(purchase(id).getString("reason")).isEqualTo("account_closed");
        assertThat(stripe.taken(id)).isOne();
        assertThat(stripe.refunded(id)).isEqualTo(150);
        assertThat(credits.given(account).getInt("grants")).isZero();
    }

    @Test
    void purchasesAreCountedByTheirEnd() {
        // Given
        double before = counted("granted");
        // When
        bought("key-1");
        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(counted("granted")).isGreaterThan(before));
    }

    private static double counted(String outcome) {
        String name = "drawdown_billing_purchases_total{outcome=\"" + outcome + "\"}";
        return Management.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void declinedCardIsAnEndAndNotTriedAgain() {
        // Given
        attachOther("pm_card_chargeCustomerFail");
        // When
        JsonPath bought = bought("key-1");
        // Then
        assertThat(bought.getString("state")).isEqualTo("failed");
        assertThat(bought.getString("reason")).isNotBlank();
        assertThat(stripe.taken(bought.getString("id"))).isZero();
        assertThat(buy("key-2", "{'account':'@','pack':'pack_300'}").jsonPath().getString("type"))
                .isEqualTo("urn:drawdown:problem:no-usable-card");
    }

    @Test
    void customerWhoMustAuthenticateFinishesThePurchase() {
        // Given
        attachOther("pm_card_authenticationRequired");
        // When
        JsonPath bought = bought("key-1");
        // Then
        String id = bought.getString("id");
        assertThat(bought.getString("state")).isEqualTo("waiting_for_customer");
        String link = Requests.as(account, Role.USER)
                .post(PURCHASES + "/" + id + "/confirmation")
                .jsonPath()
                .getString("link");
        assertThat(Requests.as("other", Role.USER)
                        .post(PURCHASES + "/" + id + "/confirmation")
                        .statusCode())
                .isEqualTo(404);
        assertThat(RestAssured.given().get(link).jsonPath().getString("client_secret"))
                .isNotBlank();
        // When
        stripe.authenticate(id);
        loop.call(() -> purchases.look(id)).await().indefinitely();
        // Then
        awaitState(id, "granted");
        assertThat(stripe.taken(id)).isOne();
    }

    @Test
    void purchaseIsCancelledUnlessItsMoneyWasTaken() {
        // Given
        String granted = bought("key-1").getString("id");
        attachOther("pm_card_authenticationRequired");
        String waiting = bought("key-2").getString("id");
        Requests.as("other", Role.USER)
                .post(PURCHASES + "/" + waiting + "/cancel")
                .then()
                .statusCode(404);
        // When
        JsonPath cancelled = cancel(waiting);
        JsonPath kept = cancel(granted);
        // Then
        assertThat(cancelled.getString("state")).isEqualTo("failed");
        assertThat(cancelled.getString("reason")).isEqualTo("cancelled_by_request");
        assertThat(kept.getString("state")).isEqualTo("granted");
        assertThat(stripe.taken(waiting)).isZero();
        assertThat(credits.given(account).getInt("balance")).isEqualTo(400);
    }

    private JsonPath cancel(String id) {
        return Requests.as(account, Role.USER)
                .post(PURCHASES + "/" + id + "/cancel")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void purchaseOfAPackThatIsNotSoldAnyMoreIsFoundAgain() {
        // Given
        String id = PurchaseSpec.idOf(
                account, IdempotencyKey.ofClient(account, "key-1").hash());
        Pack gone = new Pack("pack_7", 150, Credits.of(7), null);
        String hash = RequestHash.of("POST", PURCHASES, new NewPurchaseRequest(account, gone.name(), null));
        PurchaseSpec spec = new PurchaseSpec(account, gone, hash, true, false, Instant.now());
        loop.call(() -> purchases.begin(id, spec)).await().indefinitely();
        // When
        Response again = buy("key-1", "{'account':'@','pack':'pack_7'}");
        // Then
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.jsonPath().getString("id")).isEqualTo(id);
        assertThat(buy("key-1", "{'account':'@','pack':'pack_8'}").statusCode()).isEqualTo(422);
        assertThat(buy("key-2", "{'account':'@','pack':'pack_7'}").jsonPath().getString("type"))
                .isEqualTo("urn:drawdown:problem:unknown-pack");
    }

    @Test
    void accountIsCheckedBeforeAnythingIsCharged() {
        for (StandingStatus status : List.of(StandingStatus.MISSING, StandingStatus.CLOSED, StandingStatus.SUSPENDED)) {
            // Given
            credits.account(account, status);
            // When
            Response refused = buy("key-" + status, "{'account':'@','pack':'pack_300'}");
            // Then
            assertThat(refused.statusCode()).as(refused.asString()).isIn(404, 409);
            assertThat(Requests.read(PURCHASES + "?account=" + account).getList("items"))
                    .isEmpty();
        }
    }

    @Test
    void userSeesTheirOwnPurchasesOnly() {
        // Given
        String first = bought("key-1").getString("id");
        String second = bought("key-2").getString("id");
        // When
        JsonPath page =
                Requests.as(account, Role.USER).get(PURCHASES + "?limit=1").jsonPath();
        JsonPath next = Requests.as(account, Role.USER)
                .get(PURCHASES + "?limit=1&cursor=" + page.getString("next_cursor"))
                .jsonPath();
        // Then
        assertThat(page.getList("items.id")).containsExactly(second);
        assertThat(next.getList("items.id")).containsExactly(first);
        assertThat(next.getString("next_cursor")).isNull();
        Requests.as("other", Role.USER).get(PURCHASES + "/" + first).then().statusCode(404);
        Requests.as("other", Role.USER)
                .get(PURCHASES + "?account=" + account)
                .then()
                .statusCode(403);
        Requests.as("other", Role.USER)
                .header("Idempotency-Key", "k")
                .body("{\"account\":\"" + account + "\",\"pack\":\"pack_300\"}")
                .post(PURCHASES)
                .then()
                .statusCode(403);
    }
}
