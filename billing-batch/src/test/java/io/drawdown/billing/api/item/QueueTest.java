package io.drawdown.billing.api.item;

import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.MongoItems;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.SlackStandIn;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole way: queued over HTTP, charged at the Stripe-compatible server, published at the stand-in for Slack. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class QueueTest {

    static final String ITEMS = "/api/v1/queue/items";

    @Inject
    Items items;

    @Inject
    MongoItems store;

    @Inject
    CoreLoop loop;

    @ConfigProperty(name = "drawdown.queue.slack.api-base")
    String slackUrl;

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    private SlackStandIn slack;
    private StripeOracle stripe;
    private String team;

    @BeforeEach
    void aTeamWithAChannelAndACard() {
        store.deleteAll().await().indefinitely(); // a run counts the items of other tests, too
        slack = new SlackStandIn(slackUrl);
        stripe = new StripeOracle(stripeUrl);
        slack.clear();
        slack.channel("C1");
        team = "team-" + UUID.randomUUID();
        Requests.operator()
                .body(Map.of("name", "Acme", "slack_channel", "C1"))
                .put("/api/v1/queue/teams/" + team)
                .then()
                .statusCode(200);
        attach("pm_card_visa");
    }

    private void attach(String paymentMethod) {
        StripeOracle.Customer customer = stripe.customer(paymentMethod);
        loop.call(() -> items.payers().attach(team, customer.customer(), customer.card()))
                .await()
                .indefinitely();
    }

    private String queue(String itemId) {
        return Requests.operator()
                .body(Map.of("team", team, "item_id", itemId, "title", "About " + itemId, "publisher", "Ada"))
                .post(ITEMS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
    }

    private List<String> queue(int count) {
        List<String> ids = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            ids.add(queue("page-" + n));
        }
        return ids;
    }

    private static JsonPath item(String id) {
        return Requests.read(ITEMS + "/" + id);
    }

    private static JsonPath processNow(String id) {
        return Requests.operator()
                .post(ITEMS + "/" + id + "/process-now")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath run(String body) {
        JsonPath answer = Requests.worker(body).then().statusCode(200).extract().jsonPath();
        assertThat(answer.getBoolean("success")).as(answer.prettify()).isTrue();
        return answer;
    }

    @Test
    void ofFiveItemsThreeAreFreeAndTwoAreChargedOnce() {
        // Given
        List<String> ids = queue(5);
        // When
        JsonPath dry = run("{\"processes\":[\"queued_pages\"],\"dry_run\":true}");
        JsonPath real = run("{\"processes\":[\"queued_pages\"]}");
        // Then
        for (String figure : List.of("processed_count", "free_count", "charged_count", "charged_cents")) {
            assertThat(dry.getLong("results.queued_pages." + figure))
                    .as(figure)
                    .isEqualTo(real.getLong("results.queued_pages." + figure));
        }
        assertThat(real.getLong("results.queued_pages.charged_cents")).isEqualTo(2 * 799);
        assertThat(ids).allSatisfy(id -> assertThat(item(id).getString("state")).isEqualTo("published"));
        assertThat(ids.stream().map(id -> item(id).getLong("amount_cents")))
                .containsExactlyInAnyOrder(0L, 0L, 0L, 799L, 799L);
        assertThat(ids.stream().mapToInt(id -> stripe.taken(id + "-1")).sum()).isEqualTo(2);
        assertThat(ids).allSatisfy(id -> assertThat(slack.count(id + "-1")).isOne());
        JsonPath status = Requests.read("/api/v1/queue/status/" + team);
        assertThat(status.getInt("published_count")).isEqualTo(5);
        assertThat(status.getInt("queued_count")).isZero();
        assertThat(status.getString("team_name")).isEqualTo("Acme");
        assertThat(status.getBoolean("has_payment_method")).isTrue();
    }

    @Test
    void oneBadCardIsOneDeclineAndAnotherCardGoesOn() {
        // Given
        List<String> ids = queue(6);
        // When: the card moves its items at once, and a run does the same
        attachOther("pm_card_chargeCustomerFail");
        var unused = run("{\"processes\":[\"queued_pages\"]}");
        // Then
        await().untilAsserted(() -> assertThat(ids.stream().map(id -> item(id).getString("state")))
                .containsOnlyOnce("declined")
                .filteredOn("published"::equals)
                .hasSize(3));
        assertThat(ids.stream().mapToInt(id -> stripe.declined(id + "-1")).sum())
                .isOne();
        // When
        attachOther("pm_card_visa");
        // Then
        await().untilAsserted(() -> assertThat(ids)
                .allSatisfy(id -> assertThat(item(id).getString("state")).isEqualTo("published")));
        assertThat(ids.stream().mapToInt(id -> stripe.taken(id + "-1")).sum()).isEqualTo(3);
    }

    private void attachOther(String paymentMethod) {
        String customer = Objects.requireNonNull(loop.call(() -> items.payers().find(team))
                .await()
                .indefinitely()
                .orElseThrow()
                .customer());
        loop.call(() -> items.payers().attach(team, customer, stripe.attach(customer, paymentMethod)))
                .await()
                .indefinitely();
    }

    @Test
    void publicationThatFailsIsTriedAgainWithoutASecondCharge() {
        // Given
        queue(3).forEach(QueueTest::processNow);
        String paid = queue("page-4");
        slack.closedChannel("C1", "not_in_channel");
        // When
        JsonPath failed = processNow(paid);
        // Then
        assertThat(failed.getString("state")).isEqualTo("publish_failed");
        assertThat(failed.getString("reason.code")).isEqualTo("not_in_channel");
        assertThat(failed.getString("reason.text")).contains("Invite it there");
        assertThat(stripe.taken(paid + "-1")).isOne();
        // When
        slack.channel("C1");
        JsonPath published = processNow(paid);
        // Then
        assertThat(published.getString("state")).isEqualTo("published");
        assertThat(published.getString("publication.channel")).isEqualTo("C1");
        assertThat(stripe.taken(paid + "-1")).isOne();
    }

    @Test
    void lostAnswerOfStripeIsLookedUpAndNotChargedAgain() {
        // Given
        queue(3).forEach(QueueTest::processNow);
        String paid = queue("page-4");
        stripe.fault(Map.of("kind", "no_answer_after", "path", "/v1/payment_intents/*/confirm", "times", 1));
        // When
        JsonPath item = processNow(paid);
        // Then
        assertThat(item.getString("state")).isEqualTo("published");
        assertThat(stripe.taken(paid + "-1")).isOne();
    }

    @Test
    void throughAWebhookAnUnknownOutcomeWaitsForAPerson() {
        // Given
        Requests.operator()
                .body(Map.of("slack_webhook_url", slack.url() + "/services/T1/secret"))
                .put("/api/v1/queue/teams/" + team)
                .then()
                .statusCode(200);
        String id = queue("page-1");
        slack.fail("no_answer_after");
        // When
        JsonPath unknown = processNow(id);
        // Then
        assertThat(unknown.getString("state")).isEqualTo("publish_unknown");
        Requests.operator().post(ITEMS + "/" + id + "/process-now").then().statusCode(200);
        assertThat(slack.texts("/services/T1/secret")).hasSize(1);
        // When
        JsonPath decided = Requests.operator()
                .body("{\"published\":true}")
                .post(ITEMS + "/" + id + "/decide")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        // Then
        assertThat(decided.getString("state")).isEqualTo("published");
        assertThat(slack.texts("/services/T1/secret")).hasSize(1);
        assertThat(Requests.operator().get("/api/v1/queue/teams/" + team).asString())
                .contains("\"has_slack_webhook\":true")
                .doesNotContain("secret");
    }

    @Test
    void itemThatIsPostedAgainIsNotChargedAgain() {
        // Given
        queue(3).forEach(QueueTest::processNow);
        String paid = queue("page-4");
        processNow(paid);
        // When
        var again = Requests.operator()
                .body(Map.of("team", team, "item_id", "page-4", "title", "Other", "publisher", "Bob"))
                .post(ITEMS);
        processNow(paid);
        // Then
        again.then().statusCode(200);
        assertThat(again.jsonPath().getString("state")).isEqualTo("published");
        assertThat(stripe.taken(paid + "-1")).isOne();
        assertThat(slack.count(paid + "-1")).isOne();
    }

    @Test
    void cancelledItemGivesItsPlaceBackAndMayBeQueuedAnew() {
        // Given
        List<String> ids = queue(4);
        Requests.operator()
                .post(ITEMS + "/" + ids.getFirst() + "/cancel")
                .then()
                .statusCode(200);
        // When
        ids.subList(1, 4).forEach(QueueTest::processNow);
        // Then
        assertThat(item(ids.getFirst()).getString("state")).isEqualTo("cancelled");
        assertThat(ids.subList(1, 4))
                .allSatisfy(id -> assertThat(item(id).getLong("amount_cents")).isZero());
        Requests.operator().post(ITEMS + "/" + ids.get(1) + "/cancel").then().statusCode(409);
        assertThat(queue("page-1")).isEqualTo(ids.getFirst());
        assertThat(processNow(ids.getFirst()).getLong("amount_cents")).isEqualTo(799);
    }

    @Test
    void userSeesAndChangesOnlyTheirOwnTeam() {
        // Given
        String id = queue("page-1");
        // Then
        Requests.as(team, Role.USER).get(ITEMS + "/" + id).then().statusCode(200);
        Requests.as("other", Role.USER).get(ITEMS + "/" + id).then().statusCode(404);
        Requests.as("other", Role.USER)
                .post(ITEMS + "/" + id + "/cancel")
                .then()
                .statusCode(404);
        Requests.as("other", Role.USER)
                .get("/api/v1/queue/status/" + team)
                .then()
                .statusCode(403);
        Requests.as("other", Role.USER).get(ITEMS + "?team=" + team).then().statusCode(403);
        Requests.as("other", Role.USER)
                .body(Map.of("team", team, "item_id", "x", "title", "x", "publisher", "x"))
                .post(ITEMS)
                .then()
                .statusCode(403);
        assertThat(Requests.as(team, Role.USER).get(ITEMS).jsonPath().getList("items.id"))
                .containsExactly(id);
    }

    @Test
    void listGoesOnAtItsCursorAndKeepsToItsFilter() {
        // Given
        List<String> ids = queue(3);
        Requests.operator().post(ITEMS + "/" + ids.get(1) + "/cancel").then().statusCode(200);
        // When
        JsonPath first = Requests.read(ITEMS + "?state=queued&limit=1&team=" + team);
        JsonPath second = Requests.read(
                ITEMS + "?state=queued&limit=1&team=" + team + "&cursor=" + first.getString("next_cursor"));
        // Then
        assertThat(first.getList("items.id")).containsExactly(ids.get(0));
        assertThat(second.getList("items.id")).containsExactly(ids.get(2));
        assertThat(second.getString("next_cursor")).isNull();
    }
}
