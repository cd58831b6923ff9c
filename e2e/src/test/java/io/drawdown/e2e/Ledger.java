package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.math.BigDecimal;
import java.util.List;

/** The rows of one account, newest first. */
record Ledger(List<JsonNode> rows) {

    static Ledger read(Api credits, String account) {
        return new Ledger(credits.items("accounts/" + account + "/ledger"));
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
