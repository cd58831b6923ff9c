package io.drawdown.cli.play;

import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.UserFacingException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A module of the checkout that is a process of its own at the same terminal. It uses the full compiler, because it runs the
 * same code many times.
 */
public enum Tool {
    SIMULATOR("simulator", List.of("-XX:+UseParallelGC", "-Xmx1g")),
    /** Its pauses would be measured as those of what it measures. */
    BENCH("bench", List.of("-XX:+UseZGC", "-Xmx1g"));

    private static final Duration ORDERLY = Duration.ofSeconds(20);

    private final String module;
    private final List<String> flags;

    Tool(String module, List<String> flags) {
        this.module = module;
        this.flags = flags;
    }

    /**
     * Returns the exit code. Ctrl-C reaches the tool too; this process waits for it, because it still prints what it has, and
     * ends what it started.
     */
    public int run(Path root, List<String> arguments) {
        try {
            Process process =
                    new ProcessBuilder(command(root, arguments)).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
            return process.waitFor();
        } catch (IOException e) {
            throw new UserFacingException("The " + module + " cannot be started: " + FileFault.reasonOf(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("Interrupted while the " + module + " ran", e);
        }
    }

    private List<String> command(Path root, List<String> arguments) throws IOException {
        Path target = root.resolve(module).resolve("target");
        String classPath = target.resolve(module + "-0.1.0.jar")
                + File.pathSeparator
                + Files.readString(target.resolve("classpath"));
        return JavaCommand.of(classPath.strip(), flags, "io.drawdown." + module + ".Main", arguments);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(ORDERLY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
