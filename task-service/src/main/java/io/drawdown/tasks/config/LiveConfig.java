package io.drawdown.tasks.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The bounds of those who watch tasks. */
@ConfigMapping(prefix = "drawdown")
public interface LiveConfig {

    Task task();

    /** What concerns all tasks. */
    interface Task {

        Live live();
    }

    /** Clients that watch. */
    interface Live {

        /** Requests that wait and event streams, of this instance; more are refused. */
        @WithDefault("10000")
        @Min(1)
        @Max(1_000_000)
        int clients();

        /** Those of them with the token of one user. */
        @WithDefault("64")
        @Min(1)
        @Max(1_000_000)
        int perAccount();
    }
}
