package io.drawdown.credits.accounts;

/** A part of a record that fails whenever it is tried, while the rest goes on: it belongs into the dead letters, alone. */
public record Poison<T>(T item, String reason) {}
