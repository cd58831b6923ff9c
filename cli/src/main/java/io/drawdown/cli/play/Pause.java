package io.drawdown.cli.play;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
}
