package io.drawdown.bench.stack;

import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.UserFacingException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Measures queues, each in a process of its own with the same flags. Their drivers are in the test scope of this module, with the
 * queues that they drive.
 */
public final class Contenders {

    private static final List<String> FLAGS =
            List.of("-XX:+UseParallelGC", "-Xmx1g", "-Dorg.jboss.logging.provider=jdk");

    private final BenchStack stack;
    private final String main;

    /** @param main the class of the driver, which prints what {@link Measured} reads */
    public Contenders(BenchStack stack, String main) {
        this.stack = stack;
        this.main = main;
    }

    /**
     * Returns what the queue measured when it has done all of the work.
     *
     * @param work as the driver understands it
     */
    public Measured run(String queue, List<String> work) {
        Path folder = stack.logsFolder().resolveSibling("contender-" + queue);
        Path log = stack.logsFolder().resolve("contender-" + queue + ".log");
        try {
            Files.createDirectories(folder);
            List<String> arguments = new ArrayList<>(List.of(
                    queue, folder.toString(), stack.mongodbUri(), stack.kafkaBootstrapServers(), stack.topicPrefix()));
            arguments.addAll(work);
            Process process = new ProcessBuilder(JavaCommand.leashed(classPath(), FLAGS, main, arguments))
                    .redirectError(log.toFile())
                    .start();
            Measured measured = read(process);
            int status = process.waitFor();
            if (status != 0) {
                throw new UserFacingException("The queue " + queue + " failed; why is in " + log);
            }
            return measured;
        } catch (IOException e) {
            throw new UncheckedIOException("The queue " + queue + " cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a queue was measured", e);
        }
    }

    /** Whatever else it prints is not for us. */
    private static Measured read(Process process) throws IOException {
        Measured measured = new Measured();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                measured.read(line);
            }
        }
        return measured;
    }

    private String classPath() throws IOException {
        Path target = stack.root().resolve("bench/target");
        String libraries = Files.readString(target.resolve("contenders-classpath"));
        return String.join(
                File.pathSeparator,
                Stream.of(
                                target.resolve("test-classes").toString(),
                                target.resolve("classes").toString(),
                                libraries.strip())
                        .toList());
    }
}
