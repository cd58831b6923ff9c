package io.drawdown.bench;

import io.drawdown.bench.load.Pace;
import io.drawdown.bench.sessions.SessionsSuite;
import io.drawdown.bench.stack.Servers;
import io.drawdown.cli.process.UserFacingException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The entry of {@code ./drawdown bench}. */
@Command(
        name = "bench",
        usageHelpWidth = 100,
        description = "Measure a stack of its own, beside one that may be running.")
public final class Main implements Callable<Integer> {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private static final AtomicBoolean ENDING = new AtomicBoolean();
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_ROUNDS = 99;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            index = "0",
            defaultValue = "core",
            description = "core, sessions, cycle, store, tasks, batch or all (core)")
    Suite suite = Suite.CORE;

    @Option(names = "--seconds", defaultValue = "5", description = "How long each round of a load is measured (5).")
    int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How many rounds each load has; the figures are those of the median round (3).")
    int rounds;

    @Option(
            names = "--sessions",
            defaultValue = "10000",
            description = "sessions: how many are connected at once; its other parts have sizes in proportion (10000).")
    int sessions;

    @Option(names = "--against", description = "The JSON file of an earlier run of the same suite, to compare with.")
    @Nullable
    Path against;

    @Option(names = "--mongo", description = "A MongoDB to measure on instead of the embedded server.")
    @Nullable
    String mongo;

    @Option(names = "--kafka", description = "A Kafka to measure on instead of the embedded broker.")
    @Nullable
    String kafka;

    @Option(names = "--help", usageHelp = true, description = "Print this.")
    boolean isHelp;

    public static void main(String[] args) {
        ROOT_LOG.setLevel(Level.WARNING);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ENDING.set(true), "bench-end"));
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .execute(args));
    }

    @Override
    public Integer call() {
        requireWithin("--seconds", seconds, MOST_SECONDS);
        requireWithin("--rounds", rounds, MOST_ROUNDS);
        requireWithin("--sessions", sessions, SessionsSuite.Size.MOST_CONNECTED);
        Path root = Path.of(System.getenv().getOrDefault("DRAWDOWN_ROOT", "")).toAbsolutePath();
        Scope scope = Scope.full(Pace.of(Duration.ofSeconds(seconds), rounds), sessions);
        Run run = new Run(root, root.resolve(".drawdown/bench"), new Servers(mongo, kafka), scope);
        var unused = run.of(suite, against);
        return run.isUnfinished() ? 1 : 0;
    }

    private void requireWithin(String option, int value, int most) {
        if ((value < 1 || value > most) && spec != null) {
            throw new ParameterException(spec.commandLine(), option + " is from 1 to " + most);
        }
    }

    /** After Ctrl-C the stack ends, so every failure from then on is expected. It is not printed. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (!ENDING.get()) {
            if (failure instanceof UserFacingException || failure instanceof UncheckedIOException) {
                command.getErr().println("bench: " + failure.getMessage());
            } else {
                failure.printStackTrace(command.getErr());
            }
        }
        return 1;
    }
}
