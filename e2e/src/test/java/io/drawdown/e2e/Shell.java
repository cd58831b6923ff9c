package io.drawdown.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One bash that keeps its variables between blocks of commands, like a reader's terminal. */
final class Shell implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process bash;
    private final Writer commands;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    Shell(Path folder, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder("bash").directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            bash = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = bash.outputWriter();
        Thread.ofVirtual().start(this::read);
    }

    /** Runs the block and returns what it printed, standard error included. */
    List<String> run(String block) {
        String mark = "done-" + UUID.randomUUID();
        write(block + "\necho; echo " + mark + "\n");
        List<String> printed = new ArrayList<>();
        for (String line = next(block); !line.equals(mark); line = next(block)) {
            printed.add(line);
        }
        while (!printed.isEmpty() && printed.getLast().isBlank()) {
            printed.removeLast();
        }
        return printed;
    }

    private void write(String text) {
        try {
            commands.write(text);
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String next(String block) {
        try {
            Optional<String> line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null || line.isEmpty()) {
                throw new AssertionError("the shell did not finish: " + block);
            }
            return line.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader reader = bash.inputReader()) {
            reader.lines().forEach(line -> lines.add(Optional.of(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lines.add(Optional.empty());
        }
    }

    @Override
    public void close() {
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
    }
}
