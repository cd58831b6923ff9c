package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An account whose sessions are over. */
record SettledAccount(Ledger ledger, List<JsonNode> sessions) {

    private static final long INCREMENT_MILLIS = 1_000;

    /** Waits until nothing is held for it. */
    static SettledAccount of(Suite suite, String account) {
        suite.awaitNothingHeld(account);
        return new SettledAccount(suite.ledger(account), suite.sessions(account));
    }

    /** Each has ended, its hold was released once, and it was charged what it used, at one credit for each begun second. */
    void checkSessions(int number) {
        assertThat(sessions).hasSize(number).allSatisfy(this::checkSession);
    }

    private void checkSession(JsonNode session) {
        String id = session.path("id").asText();
        assertThat(session.path("state").asText()).as("state of %s", id).isEqualTo("ended");
        long usedMillis = session.path("used_millis").asLong();
        assertThat(ledger.charged(id))
                .as("charged for %s, which used %d ms", id, usedMillis)
                .isEqualByComparingTo(BigDecimal.valueOf(Math.ceilDiv(usedMillis, INCREMENT_MILLIS)));
        assertThat(ledger.rows())
                .filteredOn(row -> row.path("session_id").asText().equals(id)
                        && row.path("type").asText().equals("released"))
                .as("releases of %s", id)
                .hasSize(1);
    }

    /** The balances that frames stated are those of the rows that they name. */
    void checkMoney(List<JsonNode> frames) {
        assertThat(frames)
                .filteredOn(frame -> frame.hasNonNull("balance") && frame.hasNonNull("seq"))
                .isNotEmpty()
                .allSatisfy(frame -> assertThat(frame.path("balance").decimalValue())
                        .as("what a frame said: %s", frame)
                        .isEqualByComparingTo(ledger.balanceAt(frame.path("seq").asLong())));
    }
}
