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
 */
public record SessionsSettings(
        String instance,
        int partitions,
        Duration gracePeriod,
        Duration maximumDuration,
        Duration unfundedAtMost,
        Duration pausedAtMost,
        SessionLimits sessions,
        ConnectionLimits connections) {

    /** Short, because the sessions of a dead incarnation wait for its end. */
    public static final LeaseTerms LEASE = new LeaseTerms(
            Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(500));

    /**
     * How many live sessions this instance has at most; how many an account may hold everywhere is credits-service's to say.
     *
     * @param perAccount of one account
     * @param perInstance of all accounts
     */
    public record SessionLimits(int perAccount, int perInstance) {}

    /**
     * The bounds of sockets.
     *
     * @param authenticationWithin how long a socket may stay without a valid token
     * @param idle how long a socket may stay without a session
     * @param most sockets of this instance
     * @param perAccount sockets of one user
     * @param perSecond how many of them may be opened each second, and twice as many at once
     */
    public record ConnectionLimits(
            Duration authenticationWithin, Duration idle, int most, int perAccount, int perSecond) {}

    public static SessionsSettings of(SessionConfig config, int partitions) {
        SessionConfig.Session session = config.session();
        return new SessionsSettings(
                config.instance(),
                partitions,
                config.gracePeriod(),
                session.maximumDuration(),
                session.unfundedAtMost(),
                session.pausedAtMost(),
                new SessionLimits(session.perAccount(), session.perInstance()),
                new ConnectionLimits(
                        session.authenticationWithin(),
                        session.idle(),
                        session.connections(),
                        session.connectionsPerAccount(),
                        session.connectsPerSecond()));
    }
}
