package io.drawdown.billing.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How this instance runs batch processes. */
@ConfigMapping(prefix = "drawdown")
public interface BatchConfig {

    /** The name of this instance; it must survive a restart and differ from that of every other instance. */
    @WithDefault("billing-batch")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
    String instance();

    Batch batch();

    /** What concerns all processes. */
    interface Batch {

        /** The secret of whoever calls the worker's endpoint; without one the endpoint answers 503. See {@link WorkerSecret}. */
        Optional<String> workerSecret();

        /** The file that holds it instead. */
        Optional<Path> workerSecretFile();

        /** Whether processes run by their schedules. */
        @WithDefault("on")
        Switch schedule();

        /** How long a run may take, unless it is asked for with another budget. */
        @WithDefault("300s")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 1)
        Duration budget();

        /** The part at its end in which nothing is begun; at most a quarter of the budget counts. */
        @WithDefault("30s")
        @DurationMin(millis = 0)
        @DurationMax(minutes = 10)
        Duration stopMargin();

        /** What a process gets at least, if all can get so much. */
        @WithDefault("10s")
        @DurationMin(millis = 0)
        @DurationMax(minutes = 10)
        Duration leastShare();

        /** A run that takes longer is reported. */
        @WithDefault("250s")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 1)
        Duration lateAfter();

        /** How long a stop of this instance waits for the process that runs. */
        @WithDefault("8s")
        @DurationMin(millis = 0)
        @DurationMax(minutes = 10)
        Duration stopPatience();

        /** How long runs are kept. */
        @WithDefault("30d")
        @DurationMin(minutes = 1)
        @DurationMax(days = 3650)
        Duration keep();
    }

    /** A switch. */
    enum Switch {
        ON,
        OFF
    }
}
