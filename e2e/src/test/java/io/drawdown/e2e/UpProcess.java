package io.drawdown.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code ./drawdown up} as a process, as a user starts it. */
final class UpProcess implements AutoCloseable {

    private final Process process;
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private UpProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static UpProcess start(Path root, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("./drawdown", "up").directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new UpProcess(builder.start());
    }

    void awaitReady() {
        try {
            ready.get(5, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the stack did not become ready:\n" + String.join("\n", printed), e);
        }
    }

    List<String> printed() {
        return printed;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(line -> {
                printed.add(line);
                if (line.contains("Drawdown is ready")) {
                    ready.complete(null);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            printed.add("its output cannot be read any more: " + e);
        } finally {
            ready.completeExceptionally(new IllegalStateException("up has ended"));
        }
    }

    /** The first stop after a build takes its time: it keeps a cache for each process. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
