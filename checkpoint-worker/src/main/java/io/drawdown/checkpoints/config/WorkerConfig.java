package io.drawdown.checkpoints.config;

import io.drawdown.kit.runtime.StrictBooleanConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The configuration of this worker. */
@ConfigMapping(prefix = "drawdown")
public interface WorkerConfig {

    /** The name of this instance in summaries and logs. */
    Optional<@Pattern(regexp = "[A-Za-z0-9_.-]{1,64}") String> instance();

    Checkpoint checkpoint();

    /** How sessions are checkpointed. */
    interface Checkpoint {

        /** Whether this instance reports sessions at all. If not, it only serves the summaries. */
        @WithDefault("true")
        @WithConverter(StrictBooleanConverter.class)
        boolean enabled();

        /** The time in which each running session is reported once. */
        @WithDefault("30s")
        @DurationMin(seconds = 1)
        @DurationMax(minutes = 10)
        Duration interval();

        /** How many summaries of all instances are kept; the oldest are dropped first. */
        @WithDefault("2880")
        @Min(1)
        @Max(1_000_000)
        int keptRuns();
    }
}
