package io.drawdown.credits.checks;

/** Something about an account that its ledger does not explain. */
public record Finding(String account, String problem) {}
