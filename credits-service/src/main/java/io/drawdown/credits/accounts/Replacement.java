package io.drawdown.credits.accounts;

/** A guarded write: {@code next} replaces the document if its {@code rev} still is {@code expectedRev}. */
public record Replacement(Account next, long expectedRev) {}
