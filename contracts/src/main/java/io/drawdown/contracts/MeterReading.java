package io.drawdown.contracts;

/** "This session, in this epoch, has used so many milliseconds in all": cumulative, so duplicates and losses converge. */
public record MeterReading(String accountId, String sessionId, long epoch, long usedMillis) {}
