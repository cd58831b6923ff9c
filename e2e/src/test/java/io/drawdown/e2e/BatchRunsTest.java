package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.stack.SecondInstance;
import io.drawdown.contracts.Service;
import io.drawdown.embedded.slack.EmbeddedSlack;
import io.drawdown.embedded.slack.SlackFault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances of billing-batch: one run at a time, within its budget, and money that is taken once when the runner is killed. */
class BatchRunsTest {

    private static final String SERVICE = Service.BILLING_BATCH.serviceName();
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);
    private static final String CHANNEL = "C1";
    private static final String WEBHOOK = "/services/slow";
    private static final String FREE = ",\"price_cents\":0";

    /** Of a run. */
    private static final int PAGE = 500;

    private static TestStripe stripe;
    private static EmbeddedSlack slack;
    private static Suite suite;
    private static SecondInstances second;
    private static BatchClient first;
    private static BatchClient survivor;

    @BeforeAll
    static void start(@TempDir Path home) {
        stripe = new TestStripe();
        slack = EmbeddedSlack.start(0);
        slack.oracle().channel(CHANNEL);
        Map<String, String> settings = new HashMap<>(stripe.settings());
        settings.put("SLACK_BOT_TOKEN", "xoxb-of-the-tests");
        settings.put("SLACK_API_BASE", slack.url());
        settings.put("DRAWDOWN_QUEUE_SLACK_PRIVATE_ADDRESSES", "true");
        settings.put("DRAWDOWN_BATCH_SCHEDULE", "off");
        // A call of a dead runner is left alone for about twice as long.
        settings.put("DRAWDOWN_STRIPE_READ_TIMEOUT", "4s");
        suite = Suite.start(home, settings, Service.BILLING_BATCH);
        second = SecondInstances.start(suite, Service.BILLING_BATCH);
        URI address = suite.stack().api(Service.BILLING_BATCH);
        first = new BatchClient(suite, address);
        survivor = new BatchClient(suite, SecondInstance.addressOf(address));
    }

    @AfterAll
    static void stop() {
        second.close();
        suite.close();
        slack.close();
        stripe.close();
    }

    @Test
    void runOverItsBudgetStopsAtACursorAndTheNextGoesOn() {
        // Given: a page of items of many teams; then a team whose first item hangs until the budget is over
        IntStream.range(0, PAGE).forEach(each -> {
            String team = "budget-" + each;
            first.tell(team, CHANNEL);
            first.queue(team, 1, 1, FREE);
        });
        String slow = "budget-slow";
        first.tellWebhook(slow, slack.url() + WEBHOOK);
        List<String> last = first.queue(slow, 1, 6, FREE);
        slack.oracle().fail(new SlackFault(SlackFault.Kind.SILENCE_AFTER, WEBHOOK, 1, ""));

        // When
        BatchClient.Answer partial = first.run(18, false);
        BatchClient.Answer rest = survivor.run(60, false);

        // Then
        JsonNode stopped = partial.body().path("results").path("queued_pages");
        assertThat(partial.status()).isEqualTo(200);
        assertThat(partial.body().path("success").asBoolean()).isTrue();
        assertThat(stopped.path("state").asText()).as(stopped.toString()).isEqualTo("partial");
        assertThat(stopped.path("cursor").asText()).isNotEmpty();
        JsonNode done = rest.body().path("results").path("queued_pages");
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("completed");
        assertThat(done.path("processed_count").asInt()).isEqualTo(5);
        assertThat(last.subList(1, 6)).allMatch(id -> survivor.state(id).equals("published"));
        assertThat(slack.oracle().texts(WEBHOOK)).hasSize(6);
    }

    @Test
    void thousandItemsOfOneTeamStarveNobodyInOneRun() {
        // Given: a team with a thousand items, the first of which hangs for longer than the run; then one with five
        String many = "starving-many";
        first.tellWebhook(many, slack.url() + WEBHOOK + "-many");
        List<String> thousand = first.queue(many, 1, 1_000, FREE);
        first.tell("starving-few", CHANNEL);
        List<String> five = first.queue("starving-few", 1, 5, FREE);
        slack.oracle().fail(new SlackFault(SlackFault.Kind.SILENCE_AFTER, WEBHOOK + "-many", 1, ""));

        // When
        BatchClient.Answer run = first.run(5, false);
        int published = first.published(many);
        thousand.subList(1, 1_000).forEach(first::cancel);

        // Then
        assertThat(run.body().path("results").path("queued_pages").path("state").asText())
                .isEqualTo("partial");
        assertThat(five).allMatch(id -> first.state(id).equals("published"));
        assertThat(published).isZero();
    }

    @Test
    void dryRunSaysWhatTheRunThenTakesAndChangesNothing() {
        // Given
        String team = "foreseen";
        first.tell(team, CHANNEL);
        first.attachCard(team, stripe);
        List<String> ids = first.queue(team, 1, 5, "");
        JsonNode before = first.items(team);

        // When
        JsonNode dry = first.dryRun().body().path("results").path("queued_pages");
        JsonNode after = first.items(team);
        JsonNode real = first.run(60, false).body().path("results").path("queued_pages");

        // Then
        assertThat(after).isEqualTo(before);
        for (String figure : List.of("charged_count", "free_count", "charged_cents")) {
            assertThat(dry.path(figure)).as(figure + " of " + dry).isEqualTo(real.path(figure));
        }
        assertThat(real.path("charged_cents").asInt()).isEqualTo(2 * 799);
        assertThat(ids.stream().mapToInt(id -> stripe.taken(id + "-1")).sum()).isEqualTo(2);
    }

    @Test
    void secondRunIsShownTheFirstAndTheKilledRunnersChargeIsTakenOnce() {
        // Given: money is taken, and the runner does not hear of it
        String team = "killed";
        first.tell(team, CHANNEL);
        first.attachCard(team, stripe);
        List<String> free = first.queue(team, 1, 3, "");
        first.run(60, false);
        assertThat(free).allMatch(id -> first.state(id).equals("published"));
        String paid = first.queue(team, 4, 1, "").getFirst();
        stripe.fault("{\"kind\":\"no_answer_after\",\"hold\":true,\"path\":\"/v1/payment_intents/*/confirm\"}");
        BatchClient.Answer begun = first.run(60, true);
        suite.await(10, () -> stripe.taken(paid + "-1") == 1);
        BatchClient.Answer other = survivor.run(60, false);

        // When
        Instant killed = Instant.now();
        suite.kill(SERVICE);
        String run = begun.body().path("id").asText();
        suite.await(30, () -> survivor.read(run).path("takeovers").asInt() == 1);
        Duration takenOver = Duration.between(killed, Instant.now());
        suite.await(60, () -> {
            survivor.processNow(paid);
            return survivor.state(paid).equals("published");
        });

        // Then
        assertThat(begun.status()).isEqualTo(202);
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body().path("status").asText()).isEqualTo("already_running");
        assertThat(other.body().path("id").asText()).isEqualTo(run);
        System.out.println("A killed run of billing-batch was taken over within " + takenOver.toMillis() + " ms");
        assertThat(takenOver).isLessThan(TAKEN_OVER);
        assertThat(stripe.taken(paid + "-1")).isOne();
        assertThat(slack.oracle().count(paid + "-1")).isOne();
        assertThat(survivor.item(paid).path("receipt").path("amount_cents").asInt())
                .isEqualTo(799);
        suite.startAgain(SERVICE);
    }
}
