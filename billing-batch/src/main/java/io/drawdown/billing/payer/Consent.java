package io.drawdown.billing.payer;

import java.time.Instant;

/**
 * What the owner of a card agreed to: that it is charged while they are away.
 *
 * @param by the subject of the token that gave it: of the owner, or of the gateway that spoke for them
 * @param textVersion of the text that they were shown
 * @param capCents the most that one charge may take while they are away
 */
public record Consent(String by, Instant at, String textVersion, long capCents) {}
