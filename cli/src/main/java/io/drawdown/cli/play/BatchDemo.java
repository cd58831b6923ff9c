package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Items that are charged by card and published, to watch: five of a team, three of which are free; a card that is declined; an answer of
 * Stripe that is lost; a publication that fails first. Whatever it prints was answered by billing-batch or by a stand-in.
 */
public final class BatchDemo {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONFIRMATIONS = "/v1/payment_intents/*/confirm";
    private static final String VISA = "4242424242424242";
    private static final String REFUSED_AT_ONCE = "4000000000000002";
    private static final String REFUSED_WHEN_CHARGED = "4000000000000341";

    private final Outside outside;
    private final Api billing;
    private final PrintStream out;
    private final String team = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    private final String channel =
            "C" + UUID.randomUUID().toString().replace("-", "").substring(0, 10).toUpperCase(Locale.ROOT);
    private final long begunNanos = System.nanoTime();
    private String lastRun = "";
    private boolean allAsExpected = true;

    /**
     * The worker's endpoint, and what is outside of billing-batch.
     *
     * @param workerSecret what a caller of the endpoint sends
     * @param stripe the stand-in for Stripe
     * @param slack the stand-in for Slack
     */
    public record Outside(String workerSecret, Api stripe, Api slack, CardForm cards) {}

    public BatchDemo(Api billing, Outside outside, PrintStream out) {
        this.billing = billing;
        this.outside = outside;
        this.out = out;
    }

    /** @return 0 if everything came to the end that was expected, 1 if not */
    public int play() {
        say("team " + team + ", whose items are published in channel " + channel);
        slack("not yet in it", false);
        billing.put("queue/teams/" + team, "{\"name\":\"Demo\",\"slack_channel\":\"" + channel + "\"}")
                .expect(200);
        slack("the bot is in it", true);
        freeAndPaid();
        declined();
        answerLost();
        publishedLater();
        showRun();
        books();
        out.println();
        out.println(
                allAsExpected
                        ? "everything came to its end as expected"
                        : "NOT EVERYTHING CAME TO ITS END AS EXPECTED");
        return allAsExpected ? 0 : 1;
    }

    private void freeAndPaid() {
        say("a team with five items, and a card 4242: three are free, two are charged");
        outside.cards().attach(team, VISA);
        List<String> ids = new ArrayList<>();
        for (int page = 1; page <= 5; page++) {
            ids.add(queue("page-" + page));
        }
        run();
        ids.forEach(id -> expect("published", show(id)));
        expectCharges(2);
    }

    private void declined() {
        say("a card 0002: Stripe refuses to keep it");
        String refusal = outside.cards().refusal(team, REFUSED_AT_ONCE);
        allAsExpected &= !refusal.isEmpty();
        detail(refusal.isEmpty() ? "EXPECTED a refusal" : "Stripe says " + refusal);
        say("a card 0341: Stripe keeps it, and declines it when it is charged");
        outside.cards().attach(team, REFUSED_WHEN_CHARGED);
        String id = queue("page-6");
        run();
        expect("declined", show(id));
        expectCharges(2);
        say("a card 4242 again");
        outside.cards().attach(team, VISA);
        run();
        expect("published", show(id));
        expectCharges(3);
    }

    private void answerLost() {
        say("Stripe takes the money, and its answer is lost");
        JsonNode fault = outside.stripe()
                .post(
                        "_oracle/faults",
                        null,
                        "{\"kind\":\"no_answer_after\",\"path\":\"" + CONFIRMATIONS + "\",\"metadata\":{\"payer\":\""
                                + team + "\"}}")
                .expect(200);
        String id = queue("page-7");
        run();
        JsonNode item = show(id);
        expect("published", item);
        String intent = item.path("receipt").path("payment_intent").asText();
        outside.stripe()
                .get("_oracle/requests?path=/v1/payment_intents/" + intent + "*")
                .expect(200)
                .path("requests")
                .forEach(
                        request -> detail("Stripe got " + request.path("method").asText() + " "
                                + request.path("path").asText()
                                + (request.hasNonNull("fault")
                                        ? ", fault " + request.path("fault").asText()
                                        : ", answered " + request.path("status").asText())));
        expectCharges(4);
        outside.stripe().delete("_oracle/faults/" + fault.path("id").asText());
    }

    private void publishedLater() {
        say("Slack refuses the message, once the money is taken");
        slack("the bot is out of it", false);
        String id = queue("page-8");
        run();
        expect("publish_failed", show(id));
        expectCharges(5);
        slack("the bot is in it again", true);
        billing.post("queue/items/" + id + "/process-now", null, "{}").expect(200);
        expect("published", show(id));
        expectCharges(5);
    }

    private void slack(String what, boolean isIn) {
        String refusal = isIn ? "" : ",\"refusal\":\"not_in_channel\"";
        outside.slack()
                .post("_oracle/channels", null, "{\"id\":\"" + channel + "\"" + refusal + "}")
                .expect(200);
        detail("channel " + channel + ": " + what);
    }

    private String queue(String itemId) {
        String body = "{\"team\":\"%s\",\"item_id\":\"%s\",\"title\":\"About %s\",\"publisher\":\"Ada\"}"
                .formatted(team, itemId, itemId);
        return billing.post("queue/items", null, body).expect(201).path("id").asText();
    }

    /** Has a run of its own; one that is under way is waited for first. */
    private void run() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean isMine;
        do {
            JsonNode run = billing.postWith(
                            Map.of("X-Worker-Secret", outside.workerSecret(), "Prefer", "respond-async"),
                            "/api/worker/queue_worker",
                            "{\"processes\":[\"queued_pages\"]}")
                    .expect(200, 202);
            isMine = !run.path("status").asText().equals("already_running");
            lastRun = run.path("id").asText();
            JsonNode over = await(
                    "batch/runs/" + lastRun,
                    found -> found.path("status").asText().equals("ended"));
            detail("run " + lastRun + (isMine ? "" : " of somebody else") + ": "
                    + over.path("results").path("queued_pages"));
        } while (!isMine && System.nanoTime() < end);
    }

    private JsonNode await(String path, Predicate<JsonNode> until) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode found = billing.get(path).expect(200);
        while (!until.test(found) && System.nanoTime() < end) {
            Pause.between();
            found = billing.get(path).expect(200);
        }
        return found;
    }

    private JsonNode show(String id) {
        JsonNode item = billing.get("queue/items/" + id).expect(200);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s  %-15s %4d cents",
                item.path("item_id").asText(),
                item.path("state").asText(),
                item.path("amount_cents").asLong()));
        if (item.hasNonNull("receipt")) {
            line.append("  ").append(item.path("receipt").path("charge").asText());
        }
        if (item.hasNonNull("reason")) {
            line.append("  ").append(item.path("reason").path("code").asText());
        }
        detail(line.toString());
        return item;
    }

    private void expect(String state, JsonNode item) {
        if (!item.path("state").asText().equals(state)) {
            allAsExpected = false;
            detail("EXPECTED " + state);
        }
    }

    private void expectCharges(long count) {
        JsonNode money = taken();
        detail("Stripe has taken " + money.path("taken") + " cents in " + money.path("count")
                + " charges, and declined " + money.path("declined"));
        if (money.path("count").asLong() != count) {
            allAsExpected = false;
            detail("EXPECTED " + count + " charges");
        }
    }

    private JsonNode taken() {
        return outside.stripe()
                .get("_oracle/charges?metadata[payer]=" + team + "&group_by=charge")
                .expect(200);
    }

    private void showRun() {
        say("what the endpoint answers of the last run");
        out.println(billing.get("batch/runs/" + lastRun).expect(200).toPrettyString());
    }

    /** What Stripe has taken against what the items say. */
    private void books() {
        List<JsonNode> charged = billing.items("queue/items?team=" + team).stream()
                .filter(item -> item.hasNonNull("receipt"))
                .toList();
        long cents = charged.stream()
                .mapToLong(item -> item.path("receipt").path("amount_cents").asLong())
                .sum();
        JsonNode money = taken();
        boolean isEqual = money.path("taken").asLong() == cents
                && money.path("count").asLong() == charged.size()
                && money.path("most").asLong() <= 1;
        allAsExpected &= isEqual;
        out.println();
        out.printf(
                Locale.ROOT,
                "money taken %d cents = items charged %d, together %d cents; charges of one item at most %d: %s%n",
                money.path("taken").asLong(),
                charged.size(),
                cents,
                money.path("most").asLong(),
                isEqual ? "the sum holds" : "THE SUM DOES NOT HOLD");
    }

    private void detail(String what) {
        out.println("         " + what);
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f  %s%n", (System.nanoTime() - begunNanos) / 1e9, what);
    }
}
