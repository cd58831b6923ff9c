package io.drawdown.kit.socket;

import java.time.Instant;

/**
 * The client at the other end of a socket, by a token that was verified.
 *
 * @param forOthers may act for any account (a gateway, an operator, a service)
 * @param validUntil when the token expires
 */
public record Identity(String subject, boolean forOthers, Instant validUntil) {

    public boolean mayUse(String accountId) {
        return forOthers || subject.equals(accountId);
    }
}
