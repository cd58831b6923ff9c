package io.drawdown.kit.connections;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long a client may take. */
@ConfigMapping(prefix = "drawdown")
public interface ConnectionConfig {

    Http http();

    /** The parts of a request, each with its time. */
    interface Http {
        /** From the first byte of a request to the end of its head. */
        @WithDefault("10s")
        @DurationMin(millis = 1)
        Duration headWithin();

        /** From the end of its head to the end of its body. */
        @WithDefault("10s")
        @DurationMin(millis = 1)
        Duration bodyWithin();

        /** From the first byte of an answer until the client has taken all of it. */
        @WithDefault("60s")
        @DurationMin(millis = 1)
        Duration answerTakenWithin();

        /**
         * How long a connection may stay without a request; longer than the 60 s after which common clients and load
         * balancers close it themselves.
         */
        @WithDefault("75s")
        @DurationMin(millis = 1)
        Duration idle();
    }
}
