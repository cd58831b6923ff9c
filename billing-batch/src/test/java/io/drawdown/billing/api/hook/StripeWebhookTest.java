package io.drawdown.billing.api.hook;

import io.drawdown.billing.CardsCore;
import io.drawdown.billing.refund.RefundDocument;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.CardHolder;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.SlackStandIn;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.Time;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Stripe tells by webhooks, in every way in which it may: the stand-in delivers to the service over HTTP. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class StripeWebhookTest {

    private static final String ITEMS = "/api/v1/queue/items";

    @Inject
    CardsCore cards;

    @Inject
    Time time;

    @Inject
    CoreLoop loop;

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    @ConfigProperty(name = "drawdown.queue.slack.api-base")
    String slackUrl;

    private StripeOracle stripe;
    private String team;
    private CardHolder holder;

    @BeforeEach
    void aTeam() {
        stripe = new StripeOracle(stripeUrl);
        stripe.deliverTo(address(), QueueServers.WEBHOOK_SECRET);
        team = "hooked-" + UUID.randomUUID();
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
        stripe.tell("clock", Map.of("stopped", false));
        stripe.deliverNowhere();
    }

    private static String address() {
        return "http://127.0.0.1:" + RestAssured.port + "/api/v1/stripe/webhooks";
    }

    private String queue(String name) {
        return Requests.operator()
                .body(Map.of("team", team, "item_id", name, "title", name, "publisher", "Ada"))
                .post(ITEMS)
                .jsonPath()
                .getString("id");
    }

    private String queuePaid() {
        for (String name : List.of("a", "b", "c")) {
            Requests.operator().post(ITEMS + "/" + queue(name) + "/process-now");
        }
        return queue("d");
    }

    private static String state(String id) {
        return Requests.read(ITEMS + "/" + id).getString("state");
    }

    private void becomes(String id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(state(id)).isEqualTo(state));
    }

    /** Charged, and published. */
    private String paid() {
        holder.card("pm_card_visa");
        String id = queuePaid();
        Requests.operator().post(ITEMS + "/" + id + "/process-now");
        becomes(id, "published");
        return Requests.read(ITEMS + "/" + id).getString("receipt.charge");
    }

    private Optional<RefundDocument> refund(String charge) {
        return loop.call(() -> cards.refunds().find(charge)).await().indefinitely();
    }

    private void refundedIs(String charge, long cents) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(refund(charge).map(RefundDocument::refundedCents))
                        .contains(cents));
    }

    private void hold(String type) {
        stripe.tell("webhook_faults", Map.of("kind", "hold", "type", type, "times", -1));
    }

    private void release(boolean reversed) {
        stripe.tell("webhooks/release", Map.of("reversed", reversed));
    }

    private static JsonPath run(String process) {
        JsonPath answer = Requests.worker("{\"processes\":[\"" + process + "\"]}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(answer.getBoolean("success")).as(answer.prettify()).isTrue();
        return answer;
    }

    @Test
    void cardThatIsFinishedAtStripeMovesItsPayersItemsAtOnce() {
        // Given
        holder.open();
        String id = queuePaid();
        Requests.operator().post(ITEMS + "/" + id + "/process-now");
        assertThat(state(id)).isEqualTo("waiting_for_card");
        JsonPath setup = holder.begin(5_000);
        // When
        holder.finish(setup, "pm_card_visa").then().statusCode(200);
        // Then
        becomes(id, "published");
        assertThat(stripe.taken(id + "-1")).isOne();
        assertThat(holder.cards().getString("items[0].consent.by")).isEqualTo(team);
    }

    @Test
    void cardThatNobodyHasAgreedToDoesNotPay() {
        // Given
        JsonPath card = holder.card("pm_card_visa");
        String owner = Objects.requireNonNull(loop.call(() -> cards.customers().open(team, null))
                .await()
                .indefinitely()
                .customer());
        // When
        stripe.attach(owner, "pm_card_mastercard");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> stripe.ask("webhooks").getList("waiting").isEmpty());
        // Then
        assertThat(holder.cards().getList("items.id")).containsExactly(card.getString("id"));
    }

    @Test
    void confirmationInPersonIsHeardOf() {
        // Given
        holder.open();
        JsonPath setup = holder.begin(5_000);
        holder.finish(setup, "pm_card_authenticationRequired").then().statusCode(200);
        stripe.tell("authenticate/" + setup.getString("setup_intent"), Map.of());
        holder.attach(setup).then().statusCode(200);
        String id = queuePaid();
        Requests.operator().post(ITEMS + "/" + id + "/process-now");
        becomes(id, "waiting_for_customer");
        String link =
                holder.api().post(ITEMS + "/" + id + "/confirmation").jsonPath().getString("link");
        // When
        holder.confirm(RestAssured.given().get(link).jsonPath());
        // Then
        becomes(id, "published");
        assertThat(stripe.taken(id + "-1")).isOne();
    }

    @Test
    void refundsInTheSameSecondAndInReverseAreTheirSum() {
        // Given
        String charge = paid();
        stripe.tell("clock", Map.of("stopped", true));
        hold("charge.*");
        hold("refund.*");
        // When
        stripe.refund(charge, 100);
        stripe.refund(charge, 250);
        release(true);
        // Then
        refundedIs(charge, 350);
    }

    @ParameterizedTest
    @ValueSource(strings = {"duplicate", "api_version"})
    void deliveryThatComesTwiceOrOfAnotherVersionCountsOnce(String kind) {
        // Given
        String charge = paid();
        stripe.tell("webhook_faults", Map.of("kind", kind, "type", "*", "times", -1));
        // When
        stripe.refund(charge, 100);
        // Then
        refundedIs(charge, 100);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> stripe.ask("webhooks").getList("waiting").isEmpty());
        assertThat(refund(charge).orElseThrow().outbox().seq()).isEqualTo(1);
    }

    @Test
    void deliveryThatComesDaysLateChangesNothingThatIsOver() {
        // Given
        String charge = paid();
        stripe.tell("webhook_faults", Map.of("kind", "delay", "type", "charge.dispute.created", "seconds", 300_000));
        String dispute = stripe.tell("disputes", Map.of("charge", charge)).getString("id");
        stripe.tell("disputes/" + dispute, Map.of("won", false));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(refund(charge)).hasValueSatisfying(found -> assertThat(found.disputes())
                        .extracting(RefundDocument.Dispute::status)
                        .containsExactly("lost")));
        long seq = refund(charge).orElseThrow().outbox().seq();
        // When
        stripe.tell("clock", Map.of("advance_seconds", 400_000));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> stripe.ask("webhooks").getList("waiting").isEmpty());
        // Then
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(refund(charge).orElseThrow().outbox().seq()).isEqualTo(seq);
            assertThat(refund(charge).orElseThrow().disputes())
                    .extracting(RefundDocument.Dispute::status)
                    .containsExactly("lost");
        });
    }

    @Test
    void deliveryThatNeverComesIsCaughtUp() {
        // Given
        String charge = paid();
        stripe.tell("webhook_faults", Map.of("kind", "drop", "type", "*", "times", -1));
        stripe.refund(charge, 100);
        // When
        run("stripe_events");
        // Then
        refundedIs(charge, 100);
        assertThat(run("stripe_events").getLong("results.stripe_events.processed_count"))
                .isZero();
    }

    @Test
    void dryRunOfTheCatchUpTakesNothing() {
        // Given
        String charge = paid();
        stripe.tell("webhook_faults", Map.of("kind", "drop", "type", "*", "times", -1));
        stripe.refund(charge, 100);
        // When
        Requests.worker("{\"processes\":[\"stripe_events\"],\"dry_run\":true}")
                .then()
                .statusCode(200);
        // Then
        assertThat(refund(charge)).isEmpty();
        run("stripe_events");
        refundedIs(charge, 100);
    }

    @Test
    void secretMayBeRotated() {
        // Given
        String charge = paid();
        stripe.deliverTo(address(), QueueServers.FORMER_WEBHOOK_SECRET);
        stripe.refund(charge, 100);
        refundedIs(charge, 100);
        // When
        stripe.deliverTo(address(), "whsec_of_nobody_here", QueueServers.WEBHOOK_SECRET);
        stripe.refund(charge, 100);
        // Then
        refundedIs(charge, 200);
        // When
        stripe.deliverTo(address(), "whsec_of_nobody_here");
        stripe.refund(charge, 100);
        // Then
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        stripe.ask("webhooks").getList("waiting"))
                .isNotEmpty());
        assertThat(refund(charge).orElseThrow().refundedCents()).isEqualTo(200);
    }

    @Test
    void stripeThatIsAwayIsAskedAgain() {
        // Given
        String charge = paid();
        stripe.fault(Map.of("kind", "no_answer_before", "path", "/v1/charges/*", "times", 1));
        // When
        stripe.refund(charge, 100);
        // Then
        refundedIs(charge, 100);
    }

    @Test
    void eventsThatAreDoneAreKeptForFortyFiveDays() {
        // Given
        String charge = paid();
        stripe.refund(charge, 100);
        refundedIs(charge, 100);
        await().atMost(Duration.ofSeconds(20)).until(() -> cards.inbox().backlog() == 0);
        // Then
        assertThat(removedAfter(Duration.ofDays(44))).isZero();
        assertThat(removedAfter(Duration.ofDays(46))).isPositive();
    }

    private long removedAfter(Duration later) {
        String asOf = time.now().plus(later).toString();
        return Requests.worker(
                        "{\"processes\":[\"stripe_event_retention\"],\"dry_run\":true,\"as_of\":\"" + asOf + "\"}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("results.stripe_event_retention.processed_count");
    }
}
