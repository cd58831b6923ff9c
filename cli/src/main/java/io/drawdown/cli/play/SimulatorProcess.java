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
 * The simulator as a process at the same terminal. It uses the full compiler, because it runs the same code a million
 * times.
 */
public final class SimulatorProcess {

    private static final Duration ORDERLY = Duration.ofSeconds(8);
    private static final List<String> FLAGS = List.of("-XX:+UseParallelGC", "-Xmx1g");

    private SimulatorProcess() {}

    /**
     * Returns the exit code. Ctrl-C reaches the simulator too; this process waits for it, because it prints what it has
     * counted so far.
     */
    public static int run(Path root, List<String> arguments) {
        try {
            Process process =
                    new ProcessBuilder(command(root, arguments)).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
            return process.waitFor();
        } catch (IOException e) {
            throw new UserFacingException("The simulator cannot be started: " + FileFault.reasonOf(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("Interrupted while the simulator ran", e);
        }
    }

    private static List<String> command(Path root, List<String> arguments) throws IOException {
        Path target = root.resolve("simulator/target");
        String classPath = target.resolve("simulator-0.1.0.jar")
                + File.pathSeparator
                + Files.readString(target.resolve("classpath"));
        return JavaCommand.of(classPath.strip(), FLAGS, "io.drawdown.simulator.Main", arguments);
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
