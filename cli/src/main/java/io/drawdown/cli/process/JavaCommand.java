package io.drawdown.cli.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a Java process on a {@link ParentWatch}, on the JDK of this process. */
public final class JavaCommand {

    /** What Netty and the compression of Kafka need of the virtual machine. */
    public static final List<String> OF_LIBRARIES =
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    private JavaCommand() {}

    /** For a child whose standard input is a pipe from this process: it ends when this process does. */
    public static List<String> leashed(String classPath, List<String> flags, String mainClass, List<String> arguments) {
        return command(ParentWatch.PIPE, classPath, flags, mainClass, arguments);
    }

    /** For a child at the same terminal: with these flags, and those that the libraries need. */
    public static List<String> of(String classPath, List<String> flags, String mainClass, List<String> arguments) {
        String parent = Long.toString(ProcessHandle.current().pid());
        return command(parent, classPath, flags, mainClass, arguments);
    }

    /** The option, up to its value, of a process that records a cache of its classes when it ends. */
    public static final String RECORD_CLASSES = "-XX:AOTCacheOutput=";

    /** Whether the process records a cache of its classes when it ends, which keeps a processor busy for some seconds. */
    public static boolean recordsClasses(List<String> command) {
        return command.stream().anyMatch(option -> option.startsWith(RECORD_CLASSES));
    }

    private static List<String> command(
            String parent, String classPath, List<String> flags, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OF_LIBRARIES);
        command.addAll(flags);
        command.addAll(List.of("-cp", withLeash(classPath), ParentWatch.class.getName()));
        command.add(parent);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The whole class path of a child that is given this one. */
    public static String withLeash(String classPath) {
        return whereLeashIs() + File.pathSeparator + classPath;
    }

    private static String whereLeashIs() {
        try {
            return Path.of(ParentWatch.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
