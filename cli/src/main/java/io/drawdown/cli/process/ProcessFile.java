package io.drawdown.cli.process;

import io.drawdown.cli.files.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The file beside the lock that lists the processes of a stack. After a killed supervisor the next command finds there
 * which processes still run. A process id counts only together with the start time of its process.
 */
public final class ProcessFile {

    private static final Duration ORDERLY = Duration.ofSeconds(10);

    private final Path file;
    private final Consumer<String> problems;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private boolean isToldOf;

    /** @param problems gets one message if the list of processes cannot be written to its file */
    public ProcessFile(Path home, Consumer<String> problems) {
        this.file = file(home);
        this.problems = problems;
    }

    /** A process of the stack, alive. */
    public record Left(String name, ProcessHandle process) {

        @Override
        public String toString() {
            return name + " (process " + process.pid() + ")";
        }
    }

    /** Records the process that runs under this name now. */
    synchronized void started(String name, ProcessHandle process) {
        lines.put(name, name + " " + process.pid() + " " + startOf(process));
        try {
            Files.write(file, lines.values());
        } catch (IOException e) {
            if (!isToldOf) {
                isToldOf = true;
                problems.accept(
                        file
                                + " cannot be written: if this process is killed, the next one will not find the services it leaves running");
            }
        }
    }

    /** Removes the file; no process runs any more. */
    public synchronized void forget() {
        lines.clear();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            problems.accept(file + " cannot be removed: " + FileFault.reasonOf(e));
        }
    }

    /** The living processes of the stack that was started last in this home. */
    public static List<Left> in(Path home) {
        List<Left> left = new ArrayList<>();
        try {
            for (String line : Files.exists(file(home)) ? Files.readAllLines(file(home)) : List.<String>of()) {
                parse(line).ifPresent(left::add);
            }
        } catch (IOException e) {
            return List.of(); // who cannot be told of is as good as gone
        }
        return left;
    }

    /** Whether all processes end by themselves within that time. */
    public static boolean awaitEnd(List<Left> left, Duration atMost) {
        CompletableFuture<?>[] ends =
                left.stream().map(process -> process.process().onExit()).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Stops the processes gracefully, by force if that takes too long. */
    public static void end(List<Left> left) {
        left.forEach(process -> process.process().destroy());
        if (!awaitEnd(left, ORDERLY)) {
            left.forEach(process -> process.process().destroyForcibly());
            awaitEnd(left, ORDERLY);
        }
    }

    public static String list(List<Left> left) {
        return left.stream().map(Left::toString).collect(Collectors.joining(", "));
    }

    private static Optional<Left> parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[1].matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(parts[1]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(parts[2]))
                .map(process -> new Left(parts[0], process));
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("-");
    }

    private static Path file(Path home) {
        return home.resolve("processes");
    }
}
