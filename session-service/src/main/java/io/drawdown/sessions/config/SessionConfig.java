package io.drawdown.sessions.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where this service finds the others, and the bounds of its sessions. */
@ConfigMapping(prefix = "drawdown")
public interface SessionConfig {

    /** The name of this instance; it must survive a restart and differ from that of every other instance. */
    @WithDefault("session-service")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
    String instance();

    /** Where credits-service answers. */
    @WithDefault("http://localhost:8101")
    @WithConverter(HttpAddress.class)
    URI creditsUrl();

    /** The file with the token by which credits-service knows this service; read again when it changes. */
    @WithDefault(".drawdown/keys/session-service.token")
    String serviceTokenFile();

    /** The web origins whose pages may open sockets; programs that send no Origin always may. */
    Optional<List<String>> allowedOrigins();

    /** How long a session waits for a client that went away. */
    @WithDefault("30s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 10)
    Duration gracePeriod();

    Session session();

    /** The bounds of sessions and sockets. */
    interface Session {

        /** How long a socket may stay without a valid token. */
        @WithDefault("10s")
        @DurationMin(millis = 100)
        Duration authenticationWithin();

        /** How long a socket may stay without a session. */
        @WithDefault("30s")
        @DurationMin(millis = 100)
        Duration idle();

        /** How long one session may last, to the millisecond; announced a minute before. */
        @WithDefault("12h")
        @DurationMin(seconds = 1)
        Duration maximumDuration();

        /** How long a session waits at its limit for an answer of credits-service. */
        @WithDefault("10m")
        @DurationMin(seconds = 1)
        Duration unfundedAtMost();

        /** How long a session may be paused at a stretch. */
        @WithDefault("10m")
        @DurationMin(seconds = 1)
        @DurationMax(minutes = 10)
        Duration pausedAtMost();

        /** Sockets of this instance. */
        @WithDefault("50000")
        @Min(1)
        @Max(1_000_000)
        int connections();

        /** Sockets of one user on this instance; a gateway or an operator may have as many as there are. */
        @WithDefault("64")
        @Min(1)
        @Max(10_000)
        int connectionsPerAccount();

        /** Sockets that one user may open here each second; twice as many at once. */
        @WithDefault("5")
        @Min(1)
        @Max(1_000)
        int connectsPerSecond();

        /** Live sessions of this instance; a start beyond that is to be sent to another one. */
        @WithDefault("20000")
        @Min(1)
        @Max(1_000_000)
        int perInstance();

        /** Live sessions of one account on this instance. */
        @WithDefault("256")
        @Min(1)
        @Max(256)
        int perAccount();
    }
}
