package io.drawdown.sessions.testing;

import io.drawdown.sessions.config.SessionConfig;
import io.drawdown.sessions.config.SessionsSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The settings of an instance that is configured with nothing but its name. */
public final class DefaultSettings {

    public static final SessionsSettings OF_ONE = of("one");

    private DefaultSettings() {}

    static SessionsSettings of(String instance) {
        return SessionsSettings.of(config(Map.of("drawdown.instance", instance)), 8);
    }

    public static SessionsSettings withGracePeriod(Duration period) {
        return SessionsSettings.of(
                config(Map.of("drawdown.instance", "one", "drawdown.grace-period", period.toString())), 8);
    }

    private static SessionConfig config(Map<String, String> given) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(given, "test", 500))
                .withMapping(SessionConfig.class)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(SessionConfig.class);
    }
}
