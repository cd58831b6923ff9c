package io.drawdown.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the process that listens on a port, if the system shows it (Linux, processes of the same user). */
public final class PortHolder {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENS = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    public static Optional<ProcessHandle> of(int port) {
        return Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> linesOf(PROC.resolve(table)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > INODE && isListener(columns, port))
                .map(columns -> "socket:[" + columns[INODE] + "]")
                .findFirst()
                .flatMap(socket -> ProcessHandle.allProcesses()
                        .filter(process -> holds(process, socket))
                        .findFirst());
    }

    private static boolean isListener(String[] columns, int port) {
        return columns[STATE].equals(LISTENS)
                && columns[LOCAL_ADDRESS].endsWith(":" + String.format(Locale.ROOT, "%04X", port));
    }

    private static boolean holds(ProcessHandle process, String socket) {
        try (Stream<Path> open = Files.list(PROC.resolve(process.pid() + "/fd"))) {
            return open.anyMatch(file -> targetOf(file).equals(socket));
        } catch (IOException e) {
            return false; // another user's, or gone
        }
    }

    private static String targetOf(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> linesOf(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }
}
