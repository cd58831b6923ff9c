package io.drawdown.contracts;

/** The total that a session has used in its epoch. It is cumulative, so duplicates and losses converge. */
public record MeterReading(String accountId, String sessionId, long epoch, long usedMillis) {}
