package io.drawdown.bench.contenders;

import io.drawdown.bench.load.Pause;
import java.time.Duration;

/** Waits until something has happened that nobody tells. */
final class Waiting {

    private static final Duration LOOK = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Waiting() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Condition condition) throws Exception {
        long givenUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > givenUp) {
                throw new IllegalStateException("it did not happen within " + PATIENCE);
            }
            Pause.of(LOOK);
        }
    }
}
