package io.drawdown.cli.process;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The output of the stack's processes: each process has a bounded log file, and its lines go with a prefix to the terminal
 * unless the console is quiet.
 */
public final class Console implements AutoCloseable {

    private static final long LOG_LIMIT_BYTES = 5 << 20;
    private static final int PREFIX_WIDTH = 19;

    private final Path logs;
    private final PrintStream terminal;
    private final boolean quiet;
    private final Map<String, RotatingLog> files = new HashMap<>();

    /**
     * A console over a folder of log files.
     *
     * @param quiet true if the lines of the processes go to the files only
     */
    public Console(Path logs, PrintStream terminal, boolean quiet) {
        this.logs = logs;
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** Returns the consumer of the lines of one process. */
    public synchronized Consumer<String> of(String name) {
        RotatingLog file = files.computeIfAbsent(
                name, absent -> new RotatingLog(logs.resolve(name + ".log"), LOG_LIMIT_BYTES, this::say));
        String prefix = String.format("%-" + PREFIX_WIDTH + "s | ", name);
        return line -> {
            file.add(line);
            if (!quiet) {
                terminal.println(prefix + line);
            }
        };
    }

    /** Prints a line of the stack itself. */
    public void say(String line) {
        terminal.println(line);
    }

    @Override
    public synchronized void close() {
        for (RotatingLog file : files.values()) {
            file.close();
        }
    }
}
