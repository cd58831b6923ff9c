package io.drawdown.credits.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How far ahead a session is funded. */
@ConfigMapping(prefix = "drawdown")
public interface SliceConfig {

    /** What a session is funded for at its start. */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration firstSlice();

    /** The least that a session is funded ahead later, if there are credits for it. */
    @WithDefault("5s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration leastSlice();

    /** The most that a session is funded ahead. */
    @WithDefault("300s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration greatestSlice();
}
