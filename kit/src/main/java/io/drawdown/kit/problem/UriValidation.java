package io.drawdown.kit.problem;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Quarkus answers a malformed URI with an empty 400 before any handler of ours is asked. Only a system property, read
 * when its HTTP server is loaded, leaves that to {@link RouterProblems}; configuration is built earlier than that.
 */
public final class UriValidation implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
