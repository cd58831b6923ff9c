package io.drawdown.credits.decision;

import io.drawdown.credits.account.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision knows besides the document.
 *
 * @param now taken before the document was read; whole milliseconds, as the store keeps them
 * @param ledgerKeys what the ledger said of keys that are not in the ring, asked after the document was read
 */
public record DecisionContext(Instant now, AccountLimits limits, Map<String, Optional<Entry>> ledgerKeys) {

    public DecisionContext {
        now = now.truncatedTo(ChronoUnit.MILLIS);
    }
}
