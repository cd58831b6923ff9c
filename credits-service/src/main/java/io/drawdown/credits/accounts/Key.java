package io.drawdown.credits.accounts;

/** The identity of a command that moves credits: the hash of its idempotency key and of the request it stands for. */
public record Key(String hash, String requestHash) {}
