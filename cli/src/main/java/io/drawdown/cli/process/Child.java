package io.drawdown.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stack, which can be started, stopped or killed, and started again. It does not get the signals that a
 * terminal sends to a process group, such as Ctrl-C; {@link #stop} ends it in the order that the stack chooses. Safe for
 * use by several threads.
 */
public final class Child implements AutoCloseable {

    private static final Duration ORDERLY = Duration.ofSeconds(15);

    /** On a busy machine, too. */
    private static final Duration RECORDING = Duration.ofMinutes(2);

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    /** Starts the process in a session of its own if the system can, else with the terminal's signals ignored. */
    private static final List<String> APART_FROM_THE_TERMINAL = List.of(
            "/bin/sh",
            "-c",
            "trap '' INT HUP; if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec \"$@\"; fi",
            "sh");

    private final ChildSpec spec;
    private final Consumer<String> log;
    private @Nullable Run run;

    /** @param log gets each line that the process prints */
    public Child(ChildSpec spec, Consumer<String> log) {
        this.spec = spec;
        this.log = log;
    }

    public String name() {
        return spec.name();
    }

    /** Starts the process; {@link #awaitReady} returns when it serves. */
    public synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException(name() + " is running");
        }
        List<String> command = new ArrayList<>(APART_FROM_THE_TERMINAL);
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(spec.environment());
        try {
            run = new Run(builder.start());
        } catch (IOException e) {
            throw new UserFacingException(name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Returns when the process serves; fails with a one-line message if it ended or took too long. */
    public void awaitReady(Duration patience) {
        Run awaited = current();
        try {
            awaited.ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("Interrupted while waiting for " + name(), e);
        } catch (TimeoutException e) {
            throw new UserFacingException(name() + " is not ready after " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new UserFacingException(
                    name() + " ended before it was ready (exit code " + awaited.process.exitValue() + "): "
                            + awaited.lastLine,
                    e);
        }
    }

    public synchronized boolean isRunning() {
        return run != null && run.process.isAlive();
    }

    /** The process that was started last. */
    public long pid() {
        return current().process.pid();
    }

    /** The process that was started last. */
    ProcessHandle process() {
        return current().process.toHandle();
    }

    /** Completes with the exit code of the process that was started last. */
    public CompletableFuture<Integer> exit() {
        return current().process.onExit().thenApply(Process::exitValue);
    }

    /** Stops the process gracefully, by force after 15 s or, if it records its classes, 120 s; returns when it is gone. */
    public void stop() {
        stop(ORDERLY);
    }

    /** The same with another patience. */
    void stop(Duration patience) {
        end(JavaCommand.recordsClasses(spec.command()) ? RECORDING : patience);
    }

    /** Kills the process (-9); returns when it is gone. */
    public void kill() {
        end(Duration.ZERO);
    }

    @Override
    public void close() {
        stop();
    }

    /** By force at once if the patience is zero. */
    private void end(Duration patience) {
        if (!isRunning()) {
            return;
        }
        Process process = current().process;
        try {
            if (patience.isPositive()) {
                process.toHandle().destroy();
            }
            if (!process.waitFor(patience)) {
                process.toHandle().destroyForcibly();
            }
            process.waitFor();
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Run current() {
        if (run == null) {
            throw new IllegalStateException(name() + " was never started");
        }
        return run;
    }

    /** One run of the process. */
    private final class Run {
        private final Process process;
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private volatile String lastLine = "it printed nothing";

        Run(Process process) {
            this.process = process;
            Thread.ofVirtual().name(name() + "-output").start(this::readOutput);
            if (spec.readiness() instanceof Readiness.Http http) {
                Thread.ofVirtual().name(name() + "-probe").start(() -> probe(http.address()));
            }
        }

        private void readOutput() {
            try (BufferedReader output = process.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    if (!isReason(lastLine)) {
                        lastLine = line;
                    }
                    log.accept(line);
                    if (spec.readiness() instanceof Readiness.Line(String text) && line.contains(text)) {
                        ready.complete(null);
                    }
                }
            } catch (IOException e) {
                log.accept("its output cannot be read any more: " + e.getMessage());
            }
            var unused =
                    process.onExit().thenRun(() -> ready.completeExceptionally(new IllegalStateException(lastLine)));
        }

        /** Keeps the line that says why a process cannot start, although others follow it. */
        private static boolean isReason(String line) {
            return line.contains("Not started: ") || line.contains(" could not start: ");
        }

        private void probe(URI address) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            try (HttpClient http = HttpClient.newHttpClient()) {
                while (!ready.isDone() && !process.waitFor(BETWEEN_PROBES)) {
                    if (answers(http, request)) {
                        ready.complete(null);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
            try {
                return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        }
    }
}
