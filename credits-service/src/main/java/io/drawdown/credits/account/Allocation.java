package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;

/**
 * A share of one grant that is on the account: what a hold reserves of it, or what is to be taken from it. What was taken
 * is a {@link io.drawdown.contracts.GrantPart}, for the grant may be gone.
 *
 * @param amount positive
 */
public record Allocation(String grantId, Credits amount) {}
