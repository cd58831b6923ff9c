package io.drawdown.bench;

import io.drawdown.bench.report.Comparison;
import io.drawdown.bench.report.Machine;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.report.ResultFiles;
import io.drawdown.bench.report.Results;
import io.drawdown.bench.report.Versions;
import io.drawdown.bench.stack.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of a suite, and what it leaves in a folder. */
final class Run {

    private final Path root;
    private final Path folder;
    private final Servers servers;
    private final Scope scope;
    private final Report report = new Report(System.out);
    private final AtomicBoolean isKept = new AtomicBoolean();

    /**
     * @param root the checkout whose services are measured
     * @param folder where the stack and the results are kept
     */
    Run(Path root, Path folder, Servers servers, Scope scope) {
        this.root = root;
        this.folder = folder;
        this.servers = servers;
        this.scope = scope;
    }

    /**
     * Measures, and keeps what was found; if something ended early, as {@code <suite>-unfinished}, which no run is compared with.
     *
     * @param against the file of an earlier run; it is read first, so that nothing is measured in vain
     */
    Results of(Suite suite, @Nullable Path against) {
        Results earlier = against == null ? null : ResultFiles.read(against, suite.word());
        Results begun =
                results(suite, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Measurements measurements = new Measurements(report, scope);
        begun.head().forEach(report::line);
        report.line("it takes about " + minutes(measurements.last(suite)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopped(suite, begun.at(), earlier), "bench-results"));
        try {
            measurements.take(suite, root, folder.resolve("stack"), servers);
        } catch (RuntimeException | Error fault) {
            report.unfinished(fault);
            var unused = keep(suite, begun.at(), earlier);
            throw fault;
        }
        return keep(suite, begun.at(), earlier);
    }

    /** Whether something of it ended early. */
    boolean isUnfinished() {
        return report.isUnfinished();
    }

    /** Runs when this process is stopped: writes what was measured so far, marked as unfinished. */
    private void stopped(Suite suite, String at, @Nullable Results earlier) {
        if (!isKept.get()) {
            report.unfinished(new IllegalStateException("the bench was stopped"));
            var unused = keep(suite, at, earlier);
        }
    }

    private Results keep(Suite suite, String at, @Nullable Results earlier) {
        Results results = results(suite, at);
        if (isKept.getAndSet(true)) {
            return results;
        }
        if (earlier != null) {
            Comparison.of(earlier, results).table().forEach(report::line);
        }
        Path file = new ResultFiles(folder).write(results, earlier);
        report.line("");
        report.line("kept in " + file + "; charts are in the page beside it");
        return results;
    }

    private Results results(Suite suite, String at) {
        return new Results(
                suite.word() + (report.isUnfinished() ? "-unfinished" : ""),
                at,
                new Results.Options(
                        scope.pace().measured().toSeconds(), scope.pace().rounds()),
                Machine.ofThisProcess(),
                Versions.of(root),
                servers.names(),
                report.figures());
    }

    private static String minutes(Duration duration) {
        long minutes = duration.plusSeconds(30).toMinutes();
        return minutes <= 1 ? "a minute" : minutes + " minutes";
    }
}
