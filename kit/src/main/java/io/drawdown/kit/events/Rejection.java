package io.drawdown.kit.events;

/**
 * One entry of a record that can never be applied, although it was read; the rest of its record went through.
 *
 * @param key whose entry it is, e.g. the account
 * @param entry written to the dead letter as JSON
 */
public record Rejection(String key, Object entry, String reason) {}
