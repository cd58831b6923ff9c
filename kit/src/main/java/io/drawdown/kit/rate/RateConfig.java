package io.drawdown.kit.rate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How many requests one caller may send to one instance. */
@ConfigMapping(prefix = "drawdown")
public interface RateConfig {

    Rate rate();

    /** A caller that was quiet may send a burst at once, and then goes on at its rate. */
    interface Rate {
        /** Of one user. */
        @WithDefault("100")
        @Min(1)
        @Max(1_000_000)
        int userPerSecond();

        /** How many requests one user may send at once. */
        @WithDefault("1000")
        @Min(1)
        @Max(10_000_000)
        int userBurst();

        /** Of one gateway or operator, which speaks for many. */
        @WithDefault("10000")
        @Min(1)
        @Max(1_000_000)
        int clientPerSecond();

        /** How many requests one of them may send at once. */
        @WithDefault("20000")
        @Min(1)
        @Max(10_000_000)
        int clientBurst();
    }
}
