package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;

/**
 * A share of one grant: what a hold reserves of it, or what a posting took from it.
 *
 * @param amount positive
 */
public record Part(String grantId, Credits amount) {}
