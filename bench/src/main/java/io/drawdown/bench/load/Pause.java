package io.drawdown.bench.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until a moment has come. */
public final class Pause {

    private Pause() {}

    public static void of(Duration duration) {
        until(System.nanoTime() + duration.toNanos());
    }

    /** @param nanos of {@link System#nanoTime} */
    public static void until(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanos - System.nanoTime();
        }
    }
}
