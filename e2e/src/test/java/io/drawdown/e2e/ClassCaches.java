package io.drawdown.e2e;

import io.drawdown.cli.stack.RunningStack;
import io.drawdown.cli.stack.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The caches of loaded classes, with which a process starts in half of the time: these tests start some two hundred. */
final class ClassCaches {

    private static boolean areMade;

    private ClassCaches() {}

    /** Makes those that are missing, as the first {@code up} after a build does. */
    static synchronized void make() {
        if (areMade) {
            return;
        }
        areMade = true;
        try {
            Path home = Files.createTempDirectory("class-caches");
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.putAll(Suite.foreignServers());
            environment.put("DRAWDOWN_HOME", home.toString());
            environment.put("DRAWDOWN_PORT_BASE", String.valueOf(FreePorts.freeBase()));
            Stack stack = new Stack(Suite.ROOT, environment).makingCaches();
            if (stack.makesCaches()) {
                startAndStop(stack);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void startAndStop(Stack stack) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        RunningStack.start(stack, new RunningStack.Manner(nowhere, true, false)).close();
    }
}
