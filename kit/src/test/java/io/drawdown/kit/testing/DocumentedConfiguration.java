package io.drawdown.kit.testing;

import io.drawdown.contracts.Service;
import io.drawdown.kit.connections.ConnectionConfig;
import io.drawdown.kit.kafka.EventsConfig;
import io.drawdown.kit.rate.RateConfig;
import io.drawdown.kit.runtime.DatabaseConfig;
import io.drawdown.kit.security.JwtConfig;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares the keys of a service with its section in {@code docs/configuration.md}: a table whose rows begin with the key,
 * the variable and the default, each in backticks ({@code -} for no default).
 */
public final class DocumentedConfiguration {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String PREFIX = "drawdown";
    private static final List<Class<?>> OF_ALL = List.of(
            DatabaseConfig.class, EventsConfig.class, ConnectionConfig.class, RateConfig.class, JwtConfig.class);

    private DocumentedConfiguration() {}

    /** What a service reads: {@code key | variable | default} of what all read and of its own mappings, by key. */
    public static SortedMap<String, String> of(Service service, Class<?>... mappings) {
        SortedMap<String, String> rows = new TreeMap<>();
        Stream.concat(Stream.of(mappings), OF_ALL.stream()).forEach(mapping -> collect(PREFIX, mapping, rows));
        put("drawdown.database", service.database(), rows);
        put("drawdown.jwt-public-key", ".drawdown/keys/public.pem", rows);
        put("drawdown.http.max-body-bytes", "65536", rows);
        put("drawdown.http.strict-transport-security", "-", rows);
        return rows;
    }

    /** The same of the rows of a section whose key begins with {@code drawdown.}. */
    public static SortedMap<String, String> documented(String section) {
        SortedMap<String, String> rows = new TreeMap<>();
        for (String[] cells : rows(section)) {
            String key = bare(cells[1]);
            rows.put(key, row(key, bare(cells[2]), bare(cells[3])));
        }
        return rows;
    }

    /** What the row of a key says of it. */
    public static String text(String section, String key) {
        return rows(section).stream()
                .filter(cells -> bare(cells[1]).equals(key))
                .map(cells -> cells[4])
                .findFirst()
                .orElseThrow(() -> new AssertionError(section + " has no row of " + key));
    }

    private static List<String[]> rows(String section) {
        List<String[]> rows = new ArrayList<>();
        boolean isInside = false;
        for (String line : page().lines().toList()) {
            if (line.startsWith("## ")) {
                isInside = line.equals("## " + section);
            } else if (isInside && line.startsWith("| `" + PREFIX + ".")) {
                rows.add(line.split("\\|", -1));
            }
        }
        return rows;
    }

    private static void collect(String prefix, Class<?> mapping, Map<String, String> rows) {
        for (Method method : mapping.getDeclaredMethods()) {
            if (method.isDefault() || method.isSynthetic()) {
                continue;
            }
            String key = prefix + "." + kebab(method.getName());
            Type type = method.getGenericReturnType();
            if (method.getReturnType() == Map.class) {
                put(key + ".<name>", ((ParameterizedType) type).getActualTypeArguments()[1], method, rows);
            } else if (method.getReturnType() == Optional.class) {
                put(key, String.class, method, rows);
            } else {
                put(key, type, method, rows);
            }
        }
    }

    private static void put(String key, Type type, Method method, Map<String, String> rows) {
        if (type instanceof Class<?> nested && nested.isInterface()) {
            collect(key, nested, rows);
        } else {
            WithDefault value = method.getAnnotation(WithDefault.class);
            put(key, value == null ? "-" : value.value(), rows);
        }
    }

    private static void put(String key, String value, Map<String, String> rows) {
        rows.put(key, row(key, variable(key), value));
    }

    private static String row(String key, String variable, String value) {
        return key + " | " + variable + " | " + value;
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9<>]", "_").toUpperCase(Locale.ROOT);
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String bare(String cell) {
        return cell.strip().replace("`", "");
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
