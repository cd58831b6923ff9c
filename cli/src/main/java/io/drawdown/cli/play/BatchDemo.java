package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Items that are charged by card and published, to watch: five of a team, three of which are free; a card that is declined; an answer of
 * Stripe that is lost; a publication that fails first. Then an automatic top-up. Whatever it prints was answered by a service or by a
 * stand-in.
 */
public final class BatchDemo {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String QUEUE = "{\"processes\":[\"queued_pages\"]}";
    private static final String CONFIRMATIONS = "/v1/payment_intents/*/confirm";
    private static final int FREE = 3;

    private final Api billing;
    private final Outside outside;
    private final WorkerRuns runs;
    private final CardForm cards;
    private final TopUpScene topUp;
    private final Narration told;
    private final String team = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    private final String channel =
            "C" + UUID.randomUUID().toString().replace("-", "").substring(0, 10).toUpperCase(Locale.ROOT);

    /**
     * What of the stack takes part.
     *
     * @param token with which a client opens a socket
     */
    public record Inside(Api billing, WorkerRuns runs, Api credits, Api sessions, URI socket, String token) {}

    /** The stand-ins. */
    public record Outside(Api stripe, Api slack) {}

    public BatchDemo(Inside inside, Outside outside, PrintStream out) {
        this.billing = inside.billing();
        this.outside = outside;
        this.runs = inside.runs();
        this.cards = new CardForm(billing, outside.stripe());
        this.told = new Narration(out);
        TopUpScene.Services services =
                new TopUpScene.Services(billing, inside.credits(), inside.sessions(), inside.socket(), inside.token());
        this.topUp = new TopUpScene(services, cards, told, out);
    }

    /** @return 0 if everything came to the end that was expected, 1 if not */
    public int play() {
        told.say("team " + team + ", whose items are published in a channel of Slack");
        slack("the bot is in it", "null");
        billing.put("queue/teams/" + team, "{\"name\":\"Demo\",\"slack_channel\":\"" + channel + "\"}")
                .expect(200);
        freeAndPaid();
        declined();
        answerLost();
        publishedLater();
        topUp.play();
        runAll();
        books();
        return told.end();
    }

    private void freeAndPaid() {
        told.say("five items of a team without a card: three are free");
        List<String> ids = new ArrayList<>();
        for (int page = 1; page <= 5; page++) {
            ids.add(queue("page-" + page));
        }
        run();
        ids.subList(0, FREE).forEach(id -> follow(id, "published"));
        ids.subList(FREE, ids.size()).forEach(id -> follow(id, "waiting_for_card"));
        expectCharges(0);
        told.say("a card 4242: the other two are charged at once, without a run");
        cards.attach(team, CardForm.PAYS);
        ids.subList(FREE, ids.size()).forEach(id -> follow(id, "published"));
        expectCharges(2);
    }

    private void declined() {
        told.say("a card 0002: Stripe refuses to keep it");
        String refusal = cards.refusal(team, CardForm.REFUSED_AT_ONCE);
        told.detail("Stripe says " + refusal);
        told.expect(!refusal.isEmpty(), "a refusal");
        told.say("a card 0341: Stripe keeps it, and declines it when it is charged");
        cards.attach(team, CardForm.REFUSED_WHEN_CHARGED);
        String id = queue("page-6");
        processNow(id);
        follow(id, "declined");
        expectCharges(2);
        told.say("a card 4242 again: what was declined goes on");
        cards.attach(team, CardForm.PAYS);
        follow(id, "published");
        expectCharges(3);
    }

    private void answerLost() {
        told.say(
                "Stripe takes the money, and its answer is lost: the outcome is unknown, until Stripe is asked for the intent");
        outside.stripe()
                .post(
                        "_oracle/faults",
                        null,
                        "{\"kind\":\"no_answer_after\",\"path\":\"%s\",\"metadata\":{\"payer\":\"%s\"}}"
                                .formatted(CONFIRMATIONS, team))
                .expect(200);
        String id = queue("page-7");
        run();
        JsonNode item = follow(id, "published");
        String intent = "/v1/payment_intents/"
                + item.path("receipt").path("payment_intent").asText();
        List<JsonNode> requests = list(outside.stripe()
                .get("_oracle/requests?path=" + intent + "*")
                .expect(200)
                .path("requests"));
        requests.forEach(request -> told.detail("Stripe got %s %s: %s"
                .formatted(
                        request.path("method").asText(),
                        request.path("path").asText(),
                        request.hasNonNull("fault")
                                ? "fault " + request.path("fault").asText()
                                : request.path("status").asText())));
        told.expect(
                requests.stream().anyMatch(request -> request.hasNonNull("fault")), "a request whose answer was lost");
        expectCharges(4);
    }

    private void publishedLater() {
        told.say("Slack refuses the message, after the money was taken");
        slack("the bot is out of it", "\"not_in_channel\"");
        String id = queue("page-8");
        run();
        follow(id, "publish_failed");
        expectCharges(5);
        slack("the bot is in it again", "null");
        told.say("the same item once more: it is published, and not charged again");
        processNow(id);
        follow(id, "published");
        expectCharges(5);
    }

    private void slack(String what, String refusal) {
        outside.slack()
                .post("_oracle/channels", null, "{\"id\":\"" + channel + "\",\"refusal\":" + refusal + "}")
                .expect(200);
        told.detail("channel " + channel + ": " + what);
    }

    private String queue(String itemId) {
        String body = "{\"team\":\"%s\",\"item_id\":\"%s\",\"title\":\"About %s\",\"publisher\":\"Ada\"}"
                .formatted(team, itemId, itemId);
        return billing.post("queue/items", null, body).expect(201).path("id").asText();
    }

    private void processNow(String id) {
        billing.post("queue/items/" + id + "/process-now", null, "{}").expect(200);
    }

    private void run() {
        show(runs.run(QUEUE));
    }

    private void show(JsonNode run) {
        told.expect(
                WorkerRuns.hasEnded(run) && run.path("success").asBoolean(), "a run that ends, of which nothing fails");
        run.path("results")
                .properties()
                .forEach(result -> told.detail(WorkerRuns.line(result.getKey(), result.getValue())));
    }

    /** Shows an item once it is where it should be. */
    private JsonNode follow(String id, String state) {
        JsonNode item = Pause.until(
                () -> billing.get("queue/items/" + id).expect(200),
                found -> found.path("state").asText().equals(state),
                PATIENCE);
        String because = item.hasNonNull("reason")
                ? "  " + item.path("reason").path("code").asText()
                : "";
        told.detail(String.format(
                Locale.ROOT,
                "%s  %-15s %4d cents  %s%s",
                item.path("item_id").asText(),
                item.path("state").asText(),
                item.path("amount_cents").asLong(),
                item.path("receipt").path("charge").asText(),
                because));
        told.expect(item.path("state").asText().equals(state), state);
        return item;
    }

    private void expectCharges(long count) {
        JsonNode money = taken(team);
        told.detail("Stripe has taken %s cents in %s charges, and declined %s"
                .formatted(money.path("taken"), money.path("count"), money.path("declined")));
        told.expect(money.path("count").asLong() == count, count + " charges");
    }

    private JsonNode taken(String payer) {
        return outside.stripe()
                .get("_oracle/charges?metadata[payer]=" + payer + "&group_by=charge")
                .expect(200);
    }

    private void runAll() {
        told.say("all processes, as a cron runs them: POST /api/worker/queue_worker");
        JsonNode run = runs.run("{}");
        told.detail("success %s in %s ms"
                .formatted(run.path("success").asText(), run.path("duration_ms").asText()));
        show(run);
    }

    /** What Stripe has taken, against what the items and the purchases say, each for itself. */
    private void books() {
        List<JsonNode> items = billing.items("queue/items?team=" + team);
        List<JsonNode> charged =
                items.stream().filter(item -> item.hasNonNull("receipt")).toList();
        long cents = charged.stream()
                .mapToLong(item -> item.path("receipt").path("amount_cents").asLong())
                .sum();
        long messages = list(outside.slack().get("_oracle/messages").expect(200).path("messages")).stream()
                .filter(message -> message.path("channel").asText().equals(channel))
                .count();
        told.line("");
        told.line("items %d = charged %d + free %d; messages in Slack %d"
                .formatted(items.size(), charged.size(), items.size() - charged.size(), messages));
        told.expect(
                items.size() - charged.size() == FREE && messages == items.size(),
                "three free items, and a message of each");
        compare("items charged", taken(team), charged.size(), cents);
        List<JsonNode> granted = billing.items("purchases?account=" + topUp.account()).stream()
                .filter(purchase -> purchase.path("state").asText().equals("granted"))
                .toList();
        long paid = granted.stream()
                .mapToLong(purchase -> purchase.path("amount_cents").asLong())
                .sum();
        compare("purchases granted", taken(topUp.account()), granted.size(), paid);
    }

    private void compare(String what, JsonNode money, int count, long cents) {
        boolean isEqual = money.path("taken").asLong() == cents
                && money.path("count").asLong() == count
                && money.path("most").asLong() <= 1;
        told.expect(isEqual, "books that agree");
        told.line("money taken %s cents = %s %d, %d cents: %s; charges at Stripe %s, for one thing at most %s"
                .formatted(
                        money.path("taken"),
                        what,
                        count,
                        cents,
                        isEqual ? "the sum holds" : "THE SUM DOES NOT HOLD",
                        money.path("count"),
                        money.path("most")));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
