package io.drawdown.simulator.world;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Turns an exception that nobody catches into a finding. A history plays on one thread, so the handler of that thread
 * knows which history it belongs to, even where our classes are loaded more than once.
 */
public final class UncaughtExceptions {

    private static final String OUR_PACKAGES = "io.drawdown.";
    private static final int MOST_FRAMES = 4;

    private UncaughtExceptions() {}

    /** Call once, before the first history of a process. */
    public static void install() {
        Infrastructure.setDroppedExceptionHandler(UncaughtExceptions::drop);
        // The simulator carries no context between threads, and the interceptors fail when two threads set them up at
        // once.
        Infrastructure.clearInterceptors();
    }

    /** Runs the history to its end, or to the first exception that escapes. */
    public static void watch(Findings findings, Runnable history) {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler usual = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((same, fault) -> escaped(findings, fault));
        try {
            history.run();
        } catch (RuntimeException | AssertionError | StackOverflowError fault) {
            escaped(findings, fault);
        } finally {
            thread.setUncaughtExceptionHandler(usual);
        }
    }

    private static void drop(Throwable fault) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }

    private static void escaped(Findings findings, Throwable fault) {
        findings.expect(false, "no exception escapes", () -> fault + place(fault));
    }

    /** Only our frames: those of lambdas in the JDK differ from run to run. */
    private static String place(Throwable fault) {
        return Arrays.stream(fault.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OUR_PACKAGES))
                .limit(MOST_FRAMES)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < ", " at ", ""));
    }
}
