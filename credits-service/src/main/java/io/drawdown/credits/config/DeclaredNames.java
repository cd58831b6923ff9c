package io.drawdown.credits.config;

import io.drawdown.contracts.TariffName;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The names of meters, kinds and plans that properties declare. A variable of the environment overrides the name that it means. It
 * declares none, so a mistyped variable is refused instead of adding a name that nothing uses.
 *
 * @param prefix of the property and of the variable, e.g. {@code drawdown.prices.}
 * @param endings what may follow a name
 */
record DeclaredNames(String prefix, List<String> endings) {

    static final DeclaredNames METERS = new DeclaredNames("drawdown.prices.", List.of(""));
    static final DeclaredNames KINDS =
            new DeclaredNames("drawdown.rates.", List.of(".price", ".increment-millis", ".sessions-per-account"));

    static final DeclaredNames PLANS = new DeclaredNames("drawdown.plans.", List.of(".kinds"));

    /** @throws ConfigurationException naming a property whose name is not a {@link TariffName}, or a variable that means none of the names */
    Set<String> of(SmallRyeConfig config) {
        Set<String> names = new TreeSet<>();
        Set<String> variables = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            boolean isEnvironment = source instanceof EnvConfigSource;
            Stream<String> keys =
                    (isEnvironment ? source.getProperties().keySet() : source.getPropertyNames()).stream();
            keys.forEach(key -> {
                if (key.startsWith(prefix)) {
                    names.add(validNameIn(key));
                } else if (isEnvironment && variable(key).startsWith(variable(prefix))) {
                    variables.add(key);
                }
            });
        }
        variables.forEach(variable -> requireMeant(variable, names));
        return names;
    }

    private void requireMeant(String variable, Set<String> names) {
        boolean isMeant = names.stream()
                .flatMap(name -> endings.stream().map(ending -> variable(prefix + name + ending)))
                .anyMatch(variable(variable)::equals);
        if (!isMeant) {
            throw new ConfigurationException(variable + " overrides nothing: " + prefix + "* has " + names
                    + "; a new name is declared by a property");
        }
    }

    private String validNameIn(String key) {
        String name = nameIn(key);
        if (!TariffName.isValid(name)) {
            throw new ConfigurationException(key + " declares \"" + name + "\": a name is " + TariffName.RULE);
        }
        return name;
    }

    private String nameIn(String key) {
        String name = key.substring(prefix.length());
        for (String ending : endings) {
            if (!ending.isEmpty() && name.endsWith(ending)) {
                name = name.substring(0, name.length() - ending.length());
            }
        }
        return name.replace("\"", "");
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
