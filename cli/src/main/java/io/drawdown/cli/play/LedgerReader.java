package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.math.BigDecimal;
import java.util.List;

/** Reads the ledger of an account. */
final class LedgerReader {

    private static final int MOST_READS = 50;

    private LedgerReader() {}

    /**
     * All rows, oldest first, after the session's hold is released. It waits, because the last row may come after the end
     * of the session.
     */
    static List<JsonNode> afterRelease(Api credits, String account) {
        List<JsonNode> rows = rows(credits, account);
        for (int i = 0; i < MOST_READS && !isReleased(rows); i++) {
            Pause.between();
            rows = rows(credits, account);
        }
        return rows;
    }

    /** The sum of the credits that left the account for settled and charged work. */
    static BigDecimal spent(Api credits, String account) {
        return rows(credits, account).stream()
                .filter(row ->
                        List.of("settled", "charged").contains(row.path("type").asText()))
                .map(row -> row.path("amount").decimalValue().negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<JsonNode> rows(Api credits, String account) {
        return credits.items("accounts/" + account + "/ledger").reversed();
    }

    private static boolean isReleased(List<JsonNode> rows) {
        return rows.getLast().path("type").asText().equals("released");
    }
}
