package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests do with billing-batch, through one instance of it. */
final class BatchClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;
    private final Api operator;
    private final URI worker;
    private final String secret;
    private final HttpClient http = HttpClient.newHttpClient();

    BatchClient(Suite suite, URI address) {
        this.api = suite.batch(address, Role.GATEWAY);
        this.operator = suite.batch(address, Role.OPERATOR);
        this.worker = address.resolve("/api/worker/queue_worker");
        try {
            this.secret = Files.readString(suite.stack().keysFolder().resolve(KeyPairFolder.WORKER_SECRET))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer of the worker's endpoint. */
    record Answer(int status, JsonNode body) {}

    /** Asks for a run of the queue. */
    Answer run(int budgetSeconds, boolean isAsync) {
        return run("\"budget_seconds\":" + budgetSeconds, isAsync);
    }

    /** Asks what a run of the queue would do. */
    Answer dryRun() {
        return run("\"dry_run\":true", false);
    }

    private Answer run(String how, boolean isAsync) {
        HttpRequest.Builder request = HttpRequest.newBuilder(worker)
                .timeout(PATIENCE)
                .header("X-Worker-Secret", secret)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"processes\":[\"queued_pages\"]," + how + "}"));
        try {
            HttpResponse<String> answer = http.send(
                    (isAsync ? request.header("Prefer", "respond-async") : request).build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode read(String id) {
        return operator.get("batch/runs/" + id).expect(200);
    }

    void tell(String team, String channel) {
        api.put("queue/teams/" + team, "{\"slack_channel\":\"" + channel + "\"}")
                .expect(200);
    }

    void tellWebhook(String team, String address) {
        api.put("queue/teams/" + team, "{\"slack_webhook_url\":\"" + address + "\"}")
                .expect(200);
    }

    /** A team queues so many items, the first of which has that number. */
    List<String> queue(String team, int first, int count, String more) {
        return IntStream.range(first, first + count)
                .mapToObj(each -> "{\"team\":\"" + team + "\",\"item_id\":\"page-" + each
                        + "\",\"title\":\"Page\",\"publisher\":\"ada\"" + more + "}")
                .map(body -> api.post("queue/items", null, body)
                        .expect(201)
                        .path("id")
                        .asText())
                .toList();
    }

    /** The items of a team as they are. */
    JsonNode items(String team) {
        return api.get("queue/items?team=" + team).expect(200);
    }

    void cancel(String id) {
        api.post("queue/items/" + id + "/cancel", null, "").expect(200);
    }

    JsonNode item(String id) {
        return api.get("queue/items/" + id).expect(200);
    }

    String state(String id) {
        return item(id).path("state").asText();
    }

    /** Of a team, how many items are published. */
    int published(String team) {
        return api.get("queue/status/" + team)
                .expect(200)
                .path("published_count")
                .asInt();
    }

    void processNow(String id) {
        api.post("queue/items/" + id + "/process-now", null, "").expect(200);
    }

    /** Makes the payer known, and sets a card up as a page of its owner would. */
    void attachCard(String payer, TestStripe stripe) {
        api.put("payers/" + payer, "{}").expect(200);
        JsonNode setup = api.post(
                        "payers/" + payer + "/card-setups",
                        null,
                        "{\"consent\":{\"text_version\":\"v1\",\"cap_cents\":10000}}")
                .expect(201);
        stripe.confirmSetup(
                setup.path("setup_intent").asText(), setup.path("client_secret").asText());
        JsonNode card = api.post(
                        "payers/" + payer + "/cards",
                        null,
                        "{\"setup_intent\":\"" + setup.path("setup_intent").asText() + "\"}")
                .expect(200);
        assertThat(card.isObject()).isTrue();
    }
}
