package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Ledger rows as a table, oldest first. */
final class LedgerTable {

    private static final String LINE = "%4s  %-17s %10s %10s %10s  %-15s %s%n";

    private final PrintStream out;

    LedgerTable(PrintStream out) {
        this.out = out;
    }

    void print(List<JsonNode> rows) {
        out.printf(Locale.ROOT, LINE, "seq", "type", "amount", "before", "after", "usage ms", "cause");
        rows.forEach(this::print);
    }

    private void print(JsonNode row) {
        out.printf(
                Locale.ROOT,
                LINE,
                row.path("seq").asText(),
                row.path("type").asText(),
                row.path("amount").asText(),
                row.path("before").asText(),
                row.path("after").asText(),
                usage(row),
                row.path("cause").asText());
    }

    private static String usage(JsonNode row) {
        return row.hasNonNull("used_from") && row.hasNonNull("used_to")
                ? row.get("used_from").asText() + "–" + row.get("used_to").asText()
                : "";
    }
}
