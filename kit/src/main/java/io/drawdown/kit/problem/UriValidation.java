package io.drawdown.kit.problem;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Leaves malformed URIs to {@link RouterProblems}. Quarkus would answer them with an empty 400 before any handler of
 * ours runs. Only a system property switches that off; Quarkus reads it when its HTTP server is loaded, and
 * configuration is built before that.
 */
public final class UriValidation implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
