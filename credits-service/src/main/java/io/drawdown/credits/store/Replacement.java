package io.drawdown.credits.store;

import io.drawdown.credits.account.Account;

/** A guarded write: {@code next} replaces the document if its {@code rev} still is {@code expectedRev}. */
public record Replacement(Account next, long expectedRev) {}
