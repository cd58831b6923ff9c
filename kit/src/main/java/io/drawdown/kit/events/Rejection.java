package io.drawdown.kit.events;

/**
 * One entry of a record that was read but can never be applied. The rest of the record was applied.
 *
 * @param key whose entry it is, e.g. the account
 * @param entry is written to the dead letter as JSON
 */
public record Rejection(String key, Object entry, String reason) {}
