package io.drawdown.sessions.config;

import io.drawdown.kit.lease.LeaseTerms;
import java.time.Duration;

/**
 * The bounds of the core.
 *
 * @param instance the name that survives a restart
 * @param partitions of every topic
 * @param gracePeriod how long a session waits for a client that is away
 * @param maximumDuration how long one session may last
 * @param unfundedAtMost how long a session waits at its limit for an answer
 * @param pausedAtMost how long a session may be paused at a stretch
 * @param sessionsPerAccount live sessions of one account on this instance
 */
public record SessionsSettings(
        String instance,
        int partitions,
        Duration gracePeriod,
        Duration maximumDuration,
        Duration unfundedAtMost,
        Duration pausedAtMost,
        int sessionsPerAccount,
        ConnectionLimits connections) {

    /** Short, because the sessions of a dead incarnation wait for its end. */
    public static final LeaseTerms LEASE = new LeaseTerms(
            Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(500));

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
                session.pausedAtMost(),
                session.perAccount(),
                new ConnectionLimits(session.authenticationWithin(), session.idle(), session.connections()));
    }
}
