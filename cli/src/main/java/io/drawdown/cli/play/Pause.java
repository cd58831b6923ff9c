package io.drawdown.cli.play;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The pause between two reads of something that is not finished yet. */
final class Pause {

    private static final long MILLIS = 200;

    private Pause() {}

    static void between() {
        try {
            var unused = new CountDownLatch(1).await(MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads until what was read is as it should be, or the time is up; answers what was read last. */
    static <T> T until(Supplier<T> read, Predicate<? super T> isDone, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        T found = read.get();
        while (!isDone.test(found) && System.nanoTime() < end) {
            between();
            found = read.get();
        }
        return found;
    }
}
