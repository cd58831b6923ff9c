package io.drawdown.sessions.testing;

import io.drawdown.sessions.config.SessionConfig;
import io.drawdown.sessions.config.SessionsSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The settings of an instance that is configured with nothing but its name. */
public final class DefaultSettings {

    public static final SessionsSettings OF_ONE = of("one");

    private DefaultSettings() {}

    static SessionsSettings of(String instance) {
        return SessionsSettings.of(config(instance), 8);
    }

    private static SessionConfig config(String instance) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of("drawdown.instance", instance), "test", 500))
                .withMapping(SessionConfig.class)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(SessionConfig.class);
    }
}
