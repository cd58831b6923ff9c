package io.drawdown.sessions.connection;

import java.time.Instant;

/**
 * The client at the other end of a socket, by a token that was verified.
 *
 * @param forOthers may act for any account (a gateway, an operator)
 * @param validUntil when the token expires: a running session outlives that, a start or a resume does not
 */
public record Identity(String subject, boolean forOthers, Instant validUntil) {

    public boolean mayUse(String accountId) {
        return forOthers || subject.equals(accountId);
    }
}
