package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs of batch processes, asked for as a cron does: at the worker's endpoint, with its secret. */
public final class WorkerRuns {

    private static final String ENDPOINT = "/api/worker/queue_worker";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What each result has; the rest are the figures of its process, and why it did not complete. */
    private static final Set<String> SHOWN = Set.of("state", "duration_ms", "cursor");

    private final Api billing;
    private final String secret;

    /**
     * @param billing with an operator's token, which shows runs
     * @param secret what a caller of the endpoint sends
     */
    public WorkerRuns(Api billing, String secret) {
        this.billing = billing;
        this.secret = secret;
    }

    /**
     * Has a run and answers it once it has ended. Another run that is under way is waited for first, because it may have seen less.
     *
     * @param body e.g. with the names of the processes
     */
    JsonNode run(String body) {
        JsonNode begun = Pause.until(() -> begin(body), run -> !isOthers(run), PATIENCE);
        String address = "batch/runs/" + begun.path("id").asText();
        return Pause.until(() -> billing.get(address).expect(200), WorkerRuns::hasEnded, PATIENCE);
    }

    private JsonNode begin(String body) {
        return billing.postWith(Map.of("X-Worker-Secret", secret, "Prefer", "respond-async"), ENDPOINT, body)
                .expect(200, 202);
    }

    private static boolean isOthers(JsonNode run) {
        return run.path("status").asText().equals("already_running");
    }

    static boolean hasEnded(JsonNode run) {
        return run.path("status").asText().equals("ended");
    }

    /** What became of one process, on one line, without the figures that are 0. */
    static String line(String process, JsonNode result) {
        String rest = result.properties().stream()
                .filter(field -> !SHOWN.contains(field.getKey()))
                .filter(field -> !field.getValue().asText().equals("0"))
                .map(field -> field.getKey() + " " + field.getValue().asText())
                .collect(Collectors.joining(", "));
        return "%-22s %-9s in %3d ms  %s"
                .formatted(
                        process,
                        result.path("state").asText(),
                        result.path("duration_ms").asLong(),
                        rest);
    }
}
