package io.drawdown.simulator.world;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Makes a finding of what is thrown and caught by nobody, whoever drops it: a history plays on one thread, so the
 * handler of that thread knows whose it is, even where the classes of the house were loaded more than once.
 */
public final class Escapes {

    private static final String HOUSE = "io.drawdown.";
    private static final int MOST_FRAMES = 4;

    private Escapes() {}

    /** Once, before the first history of a process. */
    public static void install() {
        Infrastructure.setDroppedExceptionHandler(Escapes::drop);
        // Nothing is carried from thread to thread here, and two threads that set up what would carry it fail.
        Infrastructure.clearInterceptors();
    }

    /** Runs it to its end, or to the first exception that escapes. */
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

    /** Only frames of ours: those of lambdas in the JDK differ from run to run. */
    private static String place(Throwable fault) {
        return Arrays.stream(fault.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(HOUSE))
                .limit(MOST_FRAMES)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < ", " at ", ""));
    }
}
