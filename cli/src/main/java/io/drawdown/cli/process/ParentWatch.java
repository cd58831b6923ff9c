package io.drawdown.cli.process;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class for as long as the process that started it lives:
 * {@code ParentWatch <pid> <main class> <arguments>}, or {@code pipe} instead of a process id where standard input is a
 * pipe that the parent holds open. The pipe breaks as soon as the parent dies, also by kill -9; a process id is checked
 * every few seconds. So no child outlives a killed supervisor. The class uses only the JDK, because it is on the class path
 * of every child.
 */
public final class ParentWatch {

    static final String PIPE = "pipe";

    /** A child loses nothing by kill -9, so its servers are not stopped gracefully. */
    private static final int ORDERLY_SECONDS = 3;

    private static final int ENDED_WITH_PARENT = 143;

    private ParentWatch() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        if (args[0].equals(PIPE)) {
            Thread.ofPlatform().daemon().name("leash").start(ParentWatch::awaitBrokenPipe);
        } else {
            ProcessHandle.of(Long.parseLong(args[0])).ifPresentOrElse(ParentWatch::follow, ParentWatch::end);
        }
        Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 2, args.length));
    }

    private static void follow(ProcessHandle parent) {
        var unused = parent.onExit().thenRun(ParentWatch::end);
    }

    private static void awaitBrokenPipe() {
        try {
            while (System.in.read() >= 0) {
                // the parent writes nothing
            }
        } catch (IOException broken) {
            // the same as its end
        }
        end();
    }

    private static void end() {
        CompletableFuture.delayedExecutor(ORDERLY_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(ENDED_WITH_PARENT));
        System.exit(ENDED_WITH_PARENT);
    }
}
