package io.drawdown.credits.config;

import io.drawdown.contracts.Credits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.Set;

/** What things cost. */
@ConfigMapping(prefix = "drawdown")
public interface TariffConfig {

    /** Price of one unit of each meter, in credits. */
    @NotEmpty
    Map<String, @WithConverter(PriceConverter.class) Credits> prices();

    /** The rate of each kind of session. */
    @NotEmpty
    Map<String, RateConfig> rates();

    /** What accounts of each plan may do; an account without a plan may start every kind of session. */
    Map<String, PlanConfig> plans();

    /** What an account of a plan may do. */
    interface PlanConfig {

        /** The kinds of session that it may start. */
        @NotEmpty
        Set<String> kinds();
    }

    /** What metered time costs. */
    interface RateConfig {

        /** Price of one begun increment, in credits. */
        @WithConverter(PriceConverter.class)
        Credits price();

        /** Live sessions of this kind that one account may have, wherever they are. */
        @WithDefault("256")
        @Min(1)
        @Max(256)
        int sessionsPerAccount();

        /** Length of one increment, in milliseconds. */
        @WithDefault("1000")
        @Min(1)
        long incrementMillis();
    }
}
