package io.drawdown.bench.batch;

import io.drawdown.bench.load.Pause;
import io.drawdown.bench.stack.HttpApi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The routes of billing-batch, and of the stand-in for Stripe, that the bench uses. */
final class BillingApi {

    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");
    private static final Duration LOOK = Duration.ofMillis(200);

    /** A channel in which the bot of the stand-in is from the start. */
    private static final String CHANNEL = "CDRAWDOWN";

    private final HttpApi billing;
    private final HttpApi worker;
    private final HttpApi stripe;
    private final String workerSecret;

    /** @param worker beside the API */
    BillingApi(HttpApi billing, HttpApi worker, HttpApi stripe, String workerSecret) {
        this.billing = billing;
        this.worker = worker;
        this.stripe = stripe;
        this.workerSecret = workerSecret;
    }

    /** A team with a channel, and a card that pays. */
    void open(String team) {
        read(billing.put("queue/teams/" + team, "{\"slack_channel\":\"" + CHANNEL + "\"}"));
        read(billing.put("payers/" + team, "{}"));
        JsonObject setup = read(billing.post(
                "payers/" + team + "/card-setups",
                Map.of(),
                "{\"consent\":{\"text_version\":\"bench\",\"cap_cents\":100000}}"));
        String intent = setup.getString("setup_intent");
        read(stripe.post("v1/setup_intents/" + intent + "/confirm", FORM, "payment_method=pm_card_visa"));
        read(billing.post("payers/" + team + "/cards", Map.of(), "{\"setup_intent\":\"" + intent + "\"}"));
    }

    /** Queues an item, and answers its id. */
    String queue(String team, String item) {
        String body =
                "{\"team\":\"%s\",\"item_id\":\"%s\",\"title\":\"A page\",\"publisher\":\"Ada\"}".formatted(team, item);
        return read(billing.post("queue/items", Map.of(), body)).getString("id");
    }

    /** Works on the item now. */
    void process(String id) {
        read(billing.post("queue/items/" + id + "/process-now", Map.of(), "{}"));
    }

    /**
     * Has a run of the queue, and answers what became of it.
     *
     * @param meanwhile is called again and again until it is over
     */
    JsonObject run(int budgetSeconds, Runnable meanwhile) {
        JsonObject run = read(worker.post(
                "queue_worker",
                Map.of("X-Worker-Secret", workerSecret, "Prefer", "respond-async"),
                "{\"processes\":[\"queued_pages\"],\"budget_seconds\":" + budgetSeconds + "}"));
        while (!run.getString("status").equals("ended")) {
            meanwhile.run();
            Pause.of(LOOK);
            run = read(billing.get("batch/runs/" + run.getString("id")));
        }
        return run.getJsonObject("results").getJsonObject("queued_pages");
    }

    /** @throws IllegalStateException if something was charged twice */
    void requireChargedOnce() {
        int most = read(stripe.get("_oracle/charges?group_by=reference")).getInteger("most");
        if (most > 1) {
            throw new IllegalStateException("an item was charged " + most + " times");
        }
    }

    private static JsonObject read(CompletionStage<Buffer> answer) {
        return answer.toCompletableFuture().join().toJsonObject();
    }
}
