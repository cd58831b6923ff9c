package io.drawdown.bench;

import io.drawdown.bench.stack.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The entry of {@code ./drawdown bench}. */
@Command(
        name = "bench",
        usageHelpWidth = 100,
        description = "Measure a stack of its own, beside one that may be running.")
public final class Main implements Callable<Integer> {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    @Parameters(index = "0", defaultValue = "core", description = "core, sessions, store or all (core)")
    Suite suite = Suite.CORE;

    @Option(names = "--seconds", defaultValue = "10", description = "How long each load is measured (10).")
    int seconds;

    @Option(names = "--against", description = "The file of an earlier run, to compare with.")
    @Nullable
    Path against;

    @Option(names = "--mongo", description = "A MongoDB to measure on instead of the embedded server.")
    @Nullable
    String mongo;

    @Option(names = "--kafka", description = "A Kafka to measure on instead of the embedded broker.")
    @Nullable
    String kafka;

    /** What is measured. */
    enum Suite {
        CORE,
        SESSIONS,
        STORE,
        ALL;

        boolean has(Suite part) {
            return this == part || this == ALL;
        }
    }

    public static void main(String[] args) {
        ROOT_LOG.setLevel(Level.WARNING);
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() {
        Path root = Path.of(System.getenv().getOrDefault("DRAWDOWN_ROOT", "")).toAbsolutePath();
        new Run(root, new Servers(mongo, kafka), Duration.ofSeconds(seconds)).of(suite, against);
        return 0;
    }
}
