package io.drawdown.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, started as the local stack starts it. */
public final class ServerChild implements AutoCloseable {

    private final Process process;

    private ServerChild(Process process) {
        this.process = process;
    }

    public static ServerChild start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains(" ready at ")) {
                Thread.ofVirtual().start(() -> output.lines().forEach(rest -> {}));
                return new ServerChild(process);
            }
        }
        throw new IOException("The server ended: " + String.join("\n", lines));
    }

    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // unlike the process, leaves its streams open
        process.waitFor();
    }

    public boolean stop() throws InterruptedException {
        process.toHandle().destroy();
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
