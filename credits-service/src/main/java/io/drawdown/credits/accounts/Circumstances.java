package io.drawdown.credits.accounts;

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
record Circumstances(Instant now, Terms terms, Map<String, Optional<Entry>> ledgerKeys) {

    Circumstances {
        now = now.truncatedTo(ChronoUnit.MILLIS);
    }
}
