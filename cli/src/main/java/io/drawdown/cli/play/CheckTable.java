package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the consistency check and prints its report. */
public final class CheckTable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Api credits;
    private final PrintStream out;

    /** @param credits as an operator */
    public CheckTable(Api credits, PrintStream out) {
        this.credits = credits;
        this.out = out;
    }

    /** @return 0 if every account agrees with its ledger and the sum holds, 1 if not */
    public int run() {
        String id =
                credits.post("ledger/checks", null, "{}").expect(202).path("id").asText();
        JsonNode report = report(id);
        report.properties().forEach(field -> {
            if (field.getValue().isValueNode()) {
                out.printf(
                        "%-22s %s%n",
                        field.getKey().replace('_', ' '), field.getValue().asText());
            }
        });
        report.path("sums")
                .properties()
                .forEach(sum ->
                        out.printf("%-22s %s%n", sum.getKey(), sum.getValue().asText()));
        report.path("findings").forEach(finding -> out.println("FINDING " + finding));
        return report.path("verdict").asText().equals("clean") ? 0 : 1;
    }

    private JsonNode report(String id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode report = credits.get("ledger/checks/" + id).expect(200);
        while (report.path("status").asText().equals("running") && System.nanoTime() < deadline) {
            pause();
            report = credits.get("ledger/checks/" + id).expect(200);
        }
        return report;
    }

    private static void pause() {
        try {
            var unused = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
