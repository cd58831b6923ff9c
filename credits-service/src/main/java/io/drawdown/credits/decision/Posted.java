package io.drawdown.credits.decision;

import io.drawdown.credits.account.Entry;

/**
 * An entry that is in the ledger, or on its way there.
 *
 * @param isReplay whether it was there before this request
 */
public record Posted(Entry entry, boolean isReplay) {

    public static Posted before(Entry entry) {
        return new Posted(entry, true);
    }
}
