package io.drawdown.billing.charge;

import java.time.Instant;

/**
 * Who has stored that it makes the next call. It tells the winner of a guarded write from others that wanted to write the
 * same, and keeps others away while the call may be under way.
 *
 * @param token random per move of a charge
 */
public record Claim(String token, Instant at) {}
