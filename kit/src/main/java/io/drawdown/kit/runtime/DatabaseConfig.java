package io.drawdown.kit.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** How the database is used. */
@ConfigMapping(prefix = "drawdown")
public interface DatabaseConfig {

    /** The database of this service. */
    @Pattern(regexp = "[A-Za-z0-9_-]{1,60}")
    String database();

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
