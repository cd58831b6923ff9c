package io.drawdown.billing.api.item;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.MongoItems;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.SlackStandIn;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A person resolves an item whose charge is dead. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class DeadItemsTest {

    @Inject
    Items items;

    @Inject
    MongoItems store;

    @Inject
    CoreLoop loop;

    @Inject
    Time time;

    @ConfigProperty(name = "drawdown.queue.slack.api-base")
    String slackUrl;

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    private SlackStandIn slack;
    private StripeOracle stripe;
    private ItemDocument dead;

    @BeforeEach
    void aDeadItemOfATeamWithAChannelAndACard() {
        String team = "team-" + UUID.randomUUID();
        slack = new SlackStandIn(slackUrl);
        stripe = new StripeOracle(stripeUrl);
        slack.clear();
        slack.channel("C1");
        Requests.operator()
                .body(Map.of("slack_channel", "C1"))
                .put("/api/v1/queue/teams/" + team)
                .then()
                .statusCode(200);
        StripeOracle.Customer customer = stripe.customer("pm_card_visa");
        loop.call(() -> items.payers().attach(team, customer.customer(), customer.card()))
                .await()
                .indefinitely();
        dead = dead(new ItemSpec(team, "page-1", "Page", "ada", 799), time.now());
        store.insert(dead.written("test")).await().indefinitely();
    }

    private static ItemDocument dead(ItemSpec spec, Instant now) {
        ItemDocument queued = ItemRules.queued(spec, now, now);
        ItemDocument decided =
                Objects.requireNonNull(ItemRules.decided(queued, queued.chargeId(), false, spec.team(), now));
        Charge charge = Objects.requireNonNull(decided.charge());
        return ItemRules.charged(decided, charge.dead(Fault.MISSING, now), now);
    }

    private Response resolve(String role, boolean isCharged) {
        return Requests.as("olga", role)
                .body(Map.of("charged", isCharged))
                .post(QueueTest.ITEMS + "/" + dead.id() + "/resolve");
    }

    private String processNow() {
        return Requests.operator()
                .post(QueueTest.ITEMS + "/" + dead.id() + "/process-now")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("state");
    }

    @Test
    void itemThatWasChargedIsPublishedAndNotChargedAgain() {
        // When
        Response resolved = resolve(Role.OPERATOR, true);
        // Then
        assertThat(resolved.statusCode()).isEqualTo(200);
        assertThat(resolved.jsonPath().getString("state")).isEqualTo("charged");
        assertThat(processNow()).isEqualTo("published");
        assertThat(stripe.taken(dead.chargeId())).isZero();
        assertThat(resolve(Role.OPERATOR, false).statusCode()).isEqualTo(409);
    }

    @Test
    void itemThatWasNotChargedMayBeQueuedAgain() {
        // Given
        Map<String, Object> item = Map.of(
                "team",
                dead.spec().team(),
                "item_id",
                "page-1",
                "title",
                "Page",
                "publisher",
                "ada",
                "price_cents",
                60);
        assertThat(Requests.operator().body(item).post(QueueTest.ITEMS).statusCode())
                .isEqualTo(200);
        // When
        Response resolved = resolve(Role.OPERATOR, false);
        // Then
        assertThat(resolved.jsonPath().getString("state")).isEqualTo("cancelled");
        assertThat(resolved.jsonPath().getString("reason.code")).isEqualTo("not_charged");
        assertThat(Requests.operator().body(item).post(QueueTest.ITEMS).statusCode())
                .isEqualTo(201);
        assertThat(processNow()).isEqualTo("published");
        assertThat(stripe.taken(dead.chargeId())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.USER, Role.GATEWAY, Role.SERVICE})
    void nobodyButAnOperatorResolvesIt(String role) {
        assertThat(resolve(role, true).statusCode()).isEqualTo(403);
    }

    @Test
    void itemThatIsNotDeadWaitsForNoResolution() {
        // Given
        resolve(Role.OPERATOR, true);
        processNow();
        // When
        Response again = resolve(Role.OPERATOR, true);
        // Then
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.jsonPath().getString("type")).isEqualTo("urn:drawdown:problem:item-not-undecided");
    }
}
