package io.drawdown.billing.api;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.CardHolder;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.billing.testing.Signed;
import io.drawdown.billing.testing.SlackStandIn;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.kit.time.Time;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets are in no log, no answer but their owner's, and no document: through everything that goes right, and much that does not. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class SecretsTest {

    private static final String ITEMS = "/api/v1/queue/items";
    private static final String HOOK = "/api/v1/stripe/webhooks";
    private static final String NUMBER = "4242424242424242";

    private static final List<String> COLLECTIONS = List.of(
            "auto_top_ups",
            "fingerprints",
            "instances",
            "items",
            "payers",
            "processes",
            "purchases",
            "refunds",
            "runner",
            "runs",
            "stripe_events",
            "stripe_feeds",
            "teams");

    @Inject
    Time time;

    @Inject
    ReactiveMongoClient mongo;

    @ConfigProperty(name = "drawdown.database")
    String database;

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    @ConfigProperty(name = "drawdown.queue.slack.api-base")
    String slackUrl;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("io.drawdown");
    private final Handler capture = new Capture();
    private final String team = "secret-" + UUID.randomUUID();
    private Level before;
    private List<Filter> filters = List.of();
    private StripeOracle stripe;
    private SlackStandIn slack;

    private final class Capture extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            logged.add(formatter.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        before = ours.getLevel();
        ours.setLevel(Level.ALL);
        capture.setLevel(Level.ALL);
        root.addHandler(capture);
        Filter keep = (request, response, context) -> {
            var answer = context.next(request, response);
            answered.add(answer.getHeaders() + answer.asString());
            return answer;
        };
        filters = RestAssured.filters();
        RestAssured.filters(keep);
        stripe = new StripeOracle(stripeUrl);
        slack = new SlackStandIn(slackUrl);
        slack.channel("C1");
    }

    @AfterEach
    void stop() {
        root.removeHandler(capture);
        ours.setLevel(before);
        RestAssured.replaceFiltersWith(filters);
        stripe.deliverNowhere();
    }

    private String queue(String name) {
        return Requests.operator()
                .body(Map.of("team", team, "item_id", name, "title", name, "publisher", "Ada"))
                .post(ITEMS)
                .jsonPath()
                .getString("id");
    }

    private void processNow(String id) {
        Requests.operator().post(ITEMS + "/" + id + "/process-now").then().statusCode(200);
    }

    private JsonPath aCardThatAsks(CardHolder holder) {
        holder.open();
        JsonPath setup = holder.begin(5_000);
        holder.finish(setup, "pm_card_authenticationRequired");
        stripe.tell("authenticate/" + setup.getString("setup_intent"), Map.of());
        holder.attach(setup);
        return setup;
    }

    private void deliveries() {
        stripe.deliverTo("http://127.0.0.1:" + RestAssured.port + HOOK, QueueServers.WEBHOOK_SECRET);
        String body = "{\"id\":\"evt_x\",\"client_secret\":\"seti_x_secret_of_an_event\"}";
        for (String secret : List.of(QueueServers.WEBHOOK_SECRET, "whsec_of_nobody_at_all")) {
            RestAssured.given()
                    .contentType("application/json")
                    .header("Stripe-Signature", Signed.header(secret, time.now().getEpochSecond(), body))
                    .body(body)
                    .post(HOOK);
        }
    }

    private void mistakes(CardHolder holder) {
        for (String path : List.of("", "/card-setups", "/cards")) {
            for (String method : List.of("PUT", "POST")) {
                holder.api()
                        .body("{\"number\":\"" + NUMBER + "\",\"cvc\":\"" + NUMBER + "\"}")
                        .request(method, CardHolder.address(team) + path);
            }
        }
        holder.api().body(Map.of("setup_intent", NUMBER)).post(CardHolder.address(team) + "/cards");
        holder.api().delete(CardHolder.address(team) + "/cards/" + NUMBER);
        RestAssured.given()
                .header("X-Worker-Secret", BillingServers.SECRET + "x")
                .post(Requests.WORKER);
        Requests.worker("{\"processes\":[\"" + BillingServers.SECRET.substring(0, 5) + "\"]}");
    }

    @Test
    void secretsAreWithTheirOwnersOnly() {
        // Given
        CardHolder holder = new CardHolder(team, stripeUrl);
        deliveries();
        Requests.operator().body(Map.of("slack_channel", "C1")).put("/api/v1/queue/teams/" + team);
        // When
        JsonPath setup = aCardThatAsks(holder);
        for (String name : List.of("a", "b", "c")) {
            processNow(queue(name));
        }
        String id = queue("d");
        processNow(id);
        String link =
                holder.api().post(ITEMS + "/" + id + "/confirmation").jsonPath().getString("link");
        JsonPath open = RestAssured.given().get(link).jsonPath();
        for (String kind : List.of("no_answer_after", "error_500", "bad_gateway", "unauthorized", "empty_200")) {
            stripe.fault(Map.of("kind", kind, "path", "/v1/*", "executes", true));
            processNow(id);
            holder.api()
                    .body("{\"consent\":{\"text_version\":\"1\",\"cap_cents\":50}}")
                    .post(CardHolder.address(team) + "/card-setups");
            RestAssured.given().get(link);
        }
        slack.fail("no_answer_after");
        processNow(queue("e"));
        mistakes(holder);
        stripe.deliverNowhere();
        Requests.worker(
                        "{\"processes\":[\"queued_pages\",\"stripe_events\",\"expiry_notices\",\"top_up_notices\",\"failing\"]}")
                .then()
                .statusCode(200);
        // Then
        List<String> owned = List.of(setup.getString("client_secret"), open.getString("client_secret"));
        assertThat(owned).allSatisfy(secret -> assertThat(secret).contains("_secret_"));
        noneIsWhereItDoesNotBelong(link);
    }

    private void noneIsWhereItDoesNotBelong(String link) {
        String stored = stored();
        List<String> secrets = List.of(
                QueueServers.STRIPE_KEY,
                QueueServers.WEBHOOK_SECRET,
                QueueServers.FORMER_WEBHOOK_SECRET,
                QueueServers.SLACK_TOKEN,
                BillingServers.SECRET,
                NUMBER,
                "_secret_");
        assertThat(logged).isNotEmpty();
        for (String secret : secrets) {
            assertThat(logged).as("logs").noneMatch(line -> line.contains(secret));
            assertThat(stored).as("documents").doesNotContain(secret);
        }
        assertThat(logged).noneMatch(line -> line.contains(link));
        String token = link.substring(link.lastIndexOf('/') + 1);
        assertThat(stored).doesNotContain(token);
        for (String secret : secrets.subList(0, secrets.size() - 1)) {
            assertThat(answered).as("answers").noneMatch(answer -> answer.contains(secret));
        }
        assertThat(answered.stream().filter(answer -> answer.contains("_secret_")))
                .allMatch(answer -> answer.contains("no-store"));
    }

    /** Every document of the service, as it is. */
    private String stored() {
        var collections = mongo.getDatabase(database);
        StringBuilder all = new StringBuilder();
        for (String name : COLLECTIONS) {
            collections
                    .getCollection(name)
                    .find()
                    .collect()
                    .asList()
                    .await()
                    .indefinitely()
                    .forEach(document -> all.append(document.toJson()).append('\n'));
        }
        return all.toString();
    }
}
