package io.drawdown.e2e;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that came to its end by itself.
 *
 * @param printed on both of its outputs
 */
record EndedProcess(int exitCode, List<String> printed) {

    /** Runs the command in the checkout with these variables, and what is built. */
    static EndedProcess run(Map<String, String> settings, String... command) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("DRAWDOWN_SKIP_BUILD", "1");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Suite.ROOT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<List<String>> printed = CompletableFuture.supplyAsync(
                    () -> process.inputReader().lines().toList());
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end: " + printed.join());
            }
            return new EndedProcess(process.exitValue(), printed.join());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
