package io.drawdown.cli.stack;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class for as long as the process that started it lives: {@code Leash <pid> <main class> <arguments>}. So no
 * child outlives a killed supervisor. It needs nothing but the JDK, since it goes onto the class path of every child.
 */
public final class Leash {

    private static final int ORDERLY_SECONDS = 10;
    private static final int ENDED_WITH_PARENT = 143;

    private Leash() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        ProcessHandle.of(Long.parseLong(args[0])).ifPresentOrElse(Leash::follow, Leash::end);
        Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 2, args.length));
    }

    private static void follow(ProcessHandle parent) {
        parent.onExit().thenRun(Leash::end);
    }

    private static void end() {
        CompletableFuture.delayedExecutor(ORDERLY_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(ENDED_WITH_PARENT));
        System.exit(ENDED_WITH_PARENT);
    }
}
