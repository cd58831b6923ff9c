package io.drawdown.tasks.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** The bounds of those who watch tasks. */
@ConfigMapping(prefix = "drawdown")
public interface LiveConfig {

    /** The web origins whose pages may open sockets; programs that send no Origin always may. */
    Optional<List<String>> allowedOrigins();

    Task task();

    /** What concerns all tasks. */
    interface Task {

        Live live();
    }

    /** Clients that watch. */
    interface Live {

        /** Requests that wait, event streams and sockets, of this instance; more are refused. */
        @WithDefault("10000")
        @Min(1)
        @Max(1_000_000)
        int clients();

        /** Those of them with the token of one user. */
        @WithDefault("64")
        @Min(1)
        @Max(1_000_000)
        int perAccount();

        /** What one socket may subscribe to at the same time. */
        @WithDefault("100")
        @Min(1)
        @Max(10_000)
        int subscriptions();

        /** How long a socket may stay without a valid token. */
        @WithDefault("10s")
        @DurationMin(millis = 100)
        Duration authenticationWithin();

        /** How long a socket may subscribe to nothing. */
        @WithDefault("30s")
        @DurationMin(millis = 100)
        Duration idle();
    }
}
