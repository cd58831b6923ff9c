package io.drawdown.sessions.config;

import java.time.Duration;

/**
 * The bounds of the core.
 *
 * @param instance the name that survives a restart
 * @param partitions of every topic
 * @param gracePeriod how long a session waits for a client that is away
 * @param authenticationWithin how long a socket may stay without a valid token
 * @param idle how long a socket may stay without a session
 * @param maximumDuration how long one session may last
 * @param unfundedAtMost how long a session waits at its limit for an answer
 * @param connections sockets of this instance
 * @param sessionsPerAccount live sessions of one account on this instance
 */
public record SessionsSettings(
        String instance,
        int partitions,
        Duration gracePeriod,
        Duration authenticationWithin,
        Duration idle,
        Duration maximumDuration,
        Duration unfundedAtMost,
        int connections,
        int sessionsPerAccount) {

    public static SessionsSettings of(SessionConfig config, int partitions) {
        return new SessionsSettings(
                config.instance(),
                partitions,
                config.gracePeriod(),
                config.session().authenticationWithin(),
                config.session().idle(),
                config.session().maximumDuration(),
                config.session().unfundedAtMost(),
                config.session().connections(),
                config.session().perAccount());
    }

    public static SessionsSettings defaults(String instance, int partitions) {
        return new SessionsSettings(
                instance,
                partitions,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofHours(12),
                Duration.ofMinutes(10),
                50_000,
                256);
    }
}
