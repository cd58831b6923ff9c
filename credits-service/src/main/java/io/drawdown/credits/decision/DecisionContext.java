package io.drawdown.credits.decision;

import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.account.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decision knows besides the document.
 *
 * @param now taken before the document was read; whole milliseconds, as the store keeps them
 * @param ledgerKeys what the ledger said of keys that are not in the outbox, asked after the document was read
 * @param trace of the request that gave the command; absent if none did
 * @param turn where the command stands among those that wait
 */
public record DecisionContext(
        Instant now,
        AccountLimits limits,
        Map<String, Optional<Entry>> ledgerKeys,
        @Nullable TraceContext trace,
        Turn turn) {

    public DecisionContext {
        now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    public DecisionContext(Instant now, AccountLimits limits, Map<String, Optional<Entry>> ledgerKeys) {
        this(now, limits, ledgerKeys, null, Turn.LAST);
    }

    /** For one command of a batch. */
    public DecisionContext of(@Nullable TraceContext request, Turn commandsTurn) {
        return new DecisionContext(now, limits, ledgerKeys, request, commandsTurn);
    }
}
