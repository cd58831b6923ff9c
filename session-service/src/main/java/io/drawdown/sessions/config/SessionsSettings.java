package io.drawdown.sessions.config;

import java.time.Duration;

/**
 * The bounds of the core.
 *
 * @param instance the name that survives a restart
 * @param partitions of every topic
 * @param gracePeriod how long a session waits for a client that is away
 * @param maximumDuration how long one session may last
 * @param unfundedAtMost how long a session waits at its limit for an answer
 * @param sessionsPerAccount live sessions of one account on this instance
 */
public record SessionsSettings(
        String instance,
        int partitions,
        Duration gracePeriod,
        Duration maximumDuration,
        Duration unfundedAtMost,
        int sessionsPerAccount,
        ConnectionLimits connections) {

    /**
     * The bounds of sockets.
     *
     * @param authenticationWithin how long a socket may stay without a valid token
     * @param idle how long a socket may stay without a session
     * @param most sockets of this instance
     */
    public record ConnectionLimits(Duration authenticationWithin, Duration idle, int most) {}

    public static SessionsSettings of(SessionConfig config, int partitions) {
        SessionConfig.Session session = config.session();
        return new SessionsSettings(
                config.instance(),
                partitions,
                config.gracePeriod(),
                session.maximumDuration(),
                session.unfundedAtMost(),
                session.perAccount(),
                new ConnectionLimits(session.authenticationWithin(), session.idle(), session.connections()));
    }
}
