package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads the ledger of an account. */
final class Ledgers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE = 100;

    private Ledgers() {}

    /** All rows, oldest first, once the session's hold is released: the final settlement arrives by an event. */
    static List<JsonNode> settled(Api credits, String account) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<JsonNode> rows = rows(credits, account);
        while (!rows.getLast().path("type").asText().equals("released") && System.nanoTime() < deadline) {
            pause();
            rows = rows(credits, account);
        }
        return rows;
    }

    /** Σ of what left the account for settled and charged work. */
    static BigDecimal spent(Api credits, String account) {
        return rows(credits, account).stream()
                .filter(row ->
                        List.of("settled", "charged").contains(row.path("type").asText()))
                .map(row -> row.path("amount").decimalValue().negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<JsonNode> rows(Api credits, String account) {
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
        Collections.reverse(rows);
        return rows;
    }

    private static void pause() {
        try {
            var unused = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
