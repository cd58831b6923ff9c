package io.drawdown.kit.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** The topics of this installation. */
@ConfigMapping(prefix = "drawdown")
public interface EventsConfig {

    /** The prefix of every topic name, so that several installations can share one broker. */
    Optional<@Pattern(regexp = "[A-Za-z0-9._-]{1,64}") String> topicPrefix();

    Kafka kafka();

    /** The broker. */
    interface Kafka {
        /** How many partitions each topic has; fixed when the topics are created, the same for all of them. */
        @WithDefault("64")
        @Min(1)
        @Max(10_000)
        int partitions();
    }
}
