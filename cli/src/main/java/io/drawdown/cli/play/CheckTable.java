package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.io.PrintStream;

/** Runs the consistency check and prints its report. */
public final class CheckTable {

    private static final int MOST_READS = 1_500;

    private final Api credits;
    private final PrintStream out;

    /** @param credits client of credits-service with an operator's token */
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
        JsonNode report = credits.get("ledger/checks/" + id).expect(200);
        for (int i = 0; i < MOST_READS && report.path("status").asText().equals("running"); i++) {
            Pause.between();
            report = credits.get("ledger/checks/" + id).expect(200);
        }
        return report;
    }
}
