package io.drawdown.credits.decision;

import io.drawdown.contracts.AccountView;
import io.drawdown.credits.account.Entry;

/** An account that has the status that was asked for. */
public sealed interface StatusResult {

    /** It has it since now. */
    record Changed(Entry entry) implements StatusResult {}

    /** It had it before. */
    record Unchanged(AccountView account) implements StatusResult {}
}
