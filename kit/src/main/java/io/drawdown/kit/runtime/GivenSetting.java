package io.drawdown.kit.runtime;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A setting as a person gave it: under which name, with which text. It checks nothing. */
final class GivenSetting {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]+)(:[^}]*)?}");
    private static final int ORDINAL_OF_APPLICATION_PROPERTIES = 250;

    private final SmallRyeConfig config;
    private final Map<String, String> environment;

    /** @param environment the variables that {@code config} reads too */
    GivenSetting(SmallRyeConfig config, Map<String, String> environment) {
        this.config = config;
        this.environment = environment;
    }

    static GivenSetting ofThisProcess() {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources();
        URL application = Thread.currentThread().getContextClassLoader().getResource("application.properties");
        if (application != null) {
            try {
                builder.withSources(new PropertiesConfigSource(application, ORDINAL_OF_APPLICATION_PROPERTIES));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new GivenSetting(builder.build(), System.getenv());
    }

    /** The name under which the key was set: a variable of the environment if there is one, else the property. */
    String nameOf(String key) {
        String origin = originOf(key);
        String variable = origin.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        return environment.containsKey(variable) ? variable : origin;
    }

    /** The text that was given for the key; null if there is none. */
    @Nullable
    String valueOf(String key) {
        return config.getConfigValue(originOf(key)).getRawValue();
    }

    /** A key of the platform may only repeat one of ours. */
    private String originOf(String key) {
        String raw = config.getConfigValue(key).getRawValue();
        Matcher reference = REFERENCE.matcher(raw == null ? "" : raw);
        return reference.matches() ? reference.group(1) : key;
    }
}
