package io.drawdown.credits.store;

/**
 * Takes the entries up to {@code drainedTo} out of the outbox if the document's {@code rev} still is {@code rev}, which
 * stays as it is.
 *
 * @param isEmptyAfterwards whether nothing is left in the outbox then, so that the mark {@code pending} goes too
 */
public record Trim(String id, long rev, long drainedTo, boolean isEmptyAfterwards) {}
