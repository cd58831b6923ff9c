package io.drawdown.credits.decision;

import io.drawdown.credits.account.Account;

/**
 * An account that is open.
 *
 * @param isNew false if it was opened before, with the same opening
 */
public record Opened(Account account, boolean isNew) {}
