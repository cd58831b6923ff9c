package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The rows of one account, newest first. */
record Ledger(List<JsonNode> rows) {

    private static final int PAGE = 100;

    static Ledger read(Api credits, String account) {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = credits.get("accounts/" + account + "/ledger?limit=" + PAGE + cursor)
                    .expect(200);
            page.path("items").forEach(rows::add);
            cursor = page.hasNonNull("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return new Ledger(List.copyOf(rows));
    }

    /** The credits that were charged for a session's usage. */
    BigDecimal charged(String sessionId) {
        return rows.stream()
                .filter(row -> row.path("session_id").asText().equals(sessionId))
                .map(row -> row.path("amount").decimalValue().negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The greatest usage that any row states. */
    long usedMillis() {
        return rows.stream()
                .mapToLong(row -> row.path("used_to").asLong())
                .max()
                .orElse(0);
    }

    /** The causes of the rows. */
    List<String> causes() {
        return rows.stream().map(row -> row.path("cause").asText()).toList();
    }

    BigDecimal balanceAt(long seq) {
        return rows.stream()
                .filter(row -> row.path("seq").asLong() == seq)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + seq))
                .path("balance")
                .decimalValue();
    }
}
