package io.drawdown.client;

import java.math.BigDecimal;

/**
 * The balance of the account right after its ledger row {@code seq}. Of two, the one with the greater {@code seq} is true.
 */
public record Money(long seq, BigDecimal balance) {}
