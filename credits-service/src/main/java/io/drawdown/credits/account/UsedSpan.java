package io.drawdown.credits.account;

/** The stretch of a session's cumulative usage that a settlement paid for: after {@code fromMillis} up to {@code toMillis}. */
public record UsedSpan(long fromMillis, long toMillis) {}
