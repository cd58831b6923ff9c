package io.drawdown.kit.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the database is used. */
@ConfigMapping(prefix = "drawdown")
public interface DatabaseConfig {

    Mongo mongo();

    /** The server. */
    interface Mongo {

        /** Whether reads that decide are linearizable; auto: if the server has replicas. */
        @WithDefault("auto")
        Linearizable linearizable();
    }

    /** When reads are linearizable. */
    enum Linearizable {
        AUTO,
        TRUE,
        FALSE
    }
}
