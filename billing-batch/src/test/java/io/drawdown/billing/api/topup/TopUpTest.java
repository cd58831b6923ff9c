package io.drawdown.billing.api.topup;

import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.CreditsOracle;
import io.drawdown.billing.testing.CreditsServer;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.Progress;
import io.drawdown.billing.topup.engine.TopUps;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.runtime.CoreRuntime;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The automatic top-up over HTTP, with Stripe's stand-in, the broker and the database. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
@QuarkusTestResource(CreditsServer.class)
class TopUpTest {

    static final String TOP_UPS = "/api/v1/auto-top-ups/";

    @Inject
    Items items;

    @Inject
    TopUps topUps;

    @Inject
    CoreLoop loop;

    @Inject
    CoreRuntime runtime;

    @ConfigProperty(name = "drawdown.credits-url")
    String creditsUrl;

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    private CreditsOracle credits;
    private StripeOracle stripe;
    private String account;
    private String customer;

    @BeforeEach
    void anAccountWithACard() {
        credits = new CreditsOracle(creditsUrl);
        stripe = new StripeOracle(stripeUrl);
        account = "acc-" + UUID.randomUUID();
        credits.account(account, 100);
        StripeOracle.Customer created = stripe.customer("pm_card_visa");
        customer = created.customer();
        loop.call(() -> items.payers().attach(account, customer, created.card()))
                .await()
                .indefinitely();
    }

    private void attach(String paymentMethod) {
        loop.call(() -> items.payers().attach(account, customer, stripe.attach(customer, paymentMethod)))
                .await()
                .indefinitely();
    }

    private Response set(String body) {
        return Requests.as(account, Role.USER).body(body.replace('\'', '"')).put(TOP_UPS + account);
    }

    private JsonPath read() {
        return Requests.read(TOP_UPS + account);
    }

    private List<Map<String, Object>> purchases() {
        return Requests.read("/api/v1/purchases?account=" + account).getList("items");
    }

    private void awaitStates(String... states) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(purchases()).extracting("state").containsExactly((Object[]) states));
    }

    @Test
    void itBuysAtOnceIfTheBalanceIsLow() {
        // Given
        credits.account(account, 50);
        // When
        Response set = set("{'threshold':50,'pack':'pack_300','most_per_day':2}");
        // Then
        assertThat(set.statusCode()).isEqualTo(201);
        assertThat(set.jsonPath().getString("state")).isEqualTo("on");
        awaitStates("granted");
        assertThat(purchases()).extracting("automatic").containsExactly(true);
        await().untilAsserted(() -> assertThat(read().getString("purchase")).isNull());
        assertThat(read().getInt("attempts")).isOne();
        assertThat(credits.given(account).getInt("balance")).isEqualTo(350);
        assertThat(stripe.taken(String.valueOf(purchases().getFirst().get("id"))))
                .isOne();
    }

    @Test
    void anyEventThatSaysThatTheBalanceIsLowMakesItBuyOnce() {
        // Given
        set("{'threshold':50,'pack':'pack_300'}");
        credits.account(account, 20);
        // When
        tell(20);
        tell(20);
        // Then
        awaitStates("granted");
        assertThat(credits.given(account).getInt("balance")).isEqualTo(320);
        // When
        tell(20); // late: the balance that is read is above the threshold
        // Then
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(purchases())
                .hasSize(1));
    }

    private void tell(long balance) {
        Credits left = Credits.of(balance);
        HoldView hold = new HoldView("ses_1", 1, 1000, 2000, left, new Rate("live_dubbing", Credits.of(1), 1000));
        AccountEvent event = new AccountEvent(
                EntryType.SETTLED,
                account,
                Instant.parse("2026-01-01T00:00:00Z"),
                Credits.ZERO,
                new AccountView(1_000, left, Credits.ZERO, left, Credits.ZERO, left),
                hold,
                null,
                List.of(),
                null,
                null,
                null);
        CloudEvent published = new CloudEvent(
                event.id(),
                event.type().eventType(),
                "credits-service",
                account,
                event.at(),
                account,
                Json.bytes(event));
        loop.call(() -> runtime.publisher().publish(Topic.CREDITS_ACCOUNT, published))
                .await()
                .indefinitely();
    }

    @Test
    void threeFailuresTurnItOffAndAnotherCardTurnsItOnAgain() {
        // Given
        attach("pm_card_chargeCustomerFail");
        set("{'threshold':50,'pack':'pack_300','email':'ada@example.com'}");
        failedBefore(2);
        // When
        credits.account(account, 10);
        tell(10);
        // Then
        awaitStates("failed");
        await().untilAsserted(() -> assertThat(read().getString("state")).isEqualTo("off_after_failures"));
        assertThat(noticesSent()).isPositive();
        assertThat(noticesSent()).isZero();
        // When
        attach("pm_card_visa");
        set("{'threshold':50,'pack':'pack_300'}");
        // Then
        awaitStates("granted", "failed");
        assertThat(read().getInt("failures")).isZero();
    }

    /** On other days, or before a rest of the card. */
    private void failedBefore(int times) {
        TopUpDocument rule =
                loop.call(() -> topUps.find(account)).await().indefinitely().orElseThrow();
        Progress none = rule.progress();
        Progress failed = new Progress(
                none.purchases(),
                none.inFlight(),
                none.day(),
                none.attempts(),
                none.attemptAt(),
                none.grantedSeq(),
                times);
        TopUpDocument next = new TopUpDocument(
                rule.id(), rule.revision(), rule.terms(), rule.power(), failed, rule.notice(), rule.due());
        assertThat(loop.call(() -> topUps.store().replace(rule, next.written("failed-before")))
                        .await()
                        .indefinitely())
                .isTrue();
    }

    private static int noticesSent() {
        return Requests.worker("{\"processes\":[\"top_up_notices\"]}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("results.top_up_notices.processed_count");
    }

    @Test
    void removedOneBuysNothing() {
        // Given
        set("{'threshold':50,'pack':'pack_300'}");
        // When
        Requests.as(account, Role.USER).delete(TOP_UPS + account).then().statusCode(204);
        // Then
        Requests.as(account, Role.USER).get(TOP_UPS + account).then().statusCode(404);
        Requests.as(account, Role.USER).delete(TOP_UPS + account).then().statusCode(404);
        credits.account(account, 10);
        tell(10);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(purchases())
                .isEmpty());
        assertThat(set("{'threshold':5,'pack':'pack_300'}").statusCode()).isEqualTo(201);
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThat(set("{'threshold':300,'pack':'pack_300'}").jsonPath().getString("type"))
                .isEqualTo("urn:drawdown:problem:pack-too-small");
        assertThat(set("{'threshold':50,'pack':'pack_7'}").jsonPath().getString("type"))
                .isEqualTo("urn:drawdown:problem:unknown-pack");
        assertThat(set("{'threshold':50,'pack':'pack_300','card':'pm_other'}")
                        .jsonPath()
                        .getString("type"))
                .isEqualTo("urn:drawdown:problem:no-usable-card");
        Requests.as("other", Role.USER)
                .body("{\"threshold\":50,\"pack\":\"pack_300\"}")
                .put(TOP_UPS + account)
                .then()
                .statusCode(403);
        credits.account(account, StandingStatus.CLOSED);
        assertThat(set("{'threshold':50,'pack':'pack_300'}").jsonPath().getString("type"))
                .isEqualTo("urn:drawdown:problem:account-closed");
        Requests.as(account, Role.USER).get(TOP_UPS + account).then().statusCode(404);
    }
}
