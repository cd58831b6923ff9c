package io.drawdown.tasks.config;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses a variable of the environment that configures no type. The name of a type can be told from a variable if it is one
 * word, or if a property names it too; a mistyped variable is not ignored.
 */
@Singleton
final class TypeVariables {

    private static final String PREFIX = "drawdown.task.types.";
    private static final List<String> ENDINGS = List.of(
            ".retries", ".timeout", ".first-backoff", ".longest-backoff", ".result-ttl", ".keep", ".concurrency");

    private final Config config;
    private final TaskConfig mapping;

    TypeVariables(Config config, TaskConfig mapping) {
        this.config = config;
        this.mapping = mapping;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        require(config.unwrap(SmallRyeConfig.class), mapping.task().types().keySet());
    }

    /** @throws ConfigurationException naming the variable */
    static void require(SmallRyeConfig config, Set<String> types) {
        Set<String> meant = types.stream()
                .flatMap(type -> ENDINGS.stream().map(ending -> variable(PREFIX + type + ending)))
                .collect(Collectors.toSet());
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(EnvConfigSource.class::isInstance)
                .flatMap(source -> source.getProperties().keySet().stream())
                .filter(name -> name.startsWith(variable(PREFIX)) && !meant.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigurationException(
                            name + " configures nothing; a type whose name has _ is configured by a property");
                });
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
