package io.drawdown.credits.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** Where accounts and their ledger are kept. */
@ConfigMapping(prefix = "drawdown")
public interface StoreConfig {

    /** The database of this service. */
    @WithDefault("credits")
    @Pattern(regexp = "[A-Za-z0-9_-]{1,60}")
    String database();
}
