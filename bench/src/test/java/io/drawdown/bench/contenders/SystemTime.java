package io.drawdown.bench.contenders;

import io.drawdown.kit.time.Time;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time of this machine. */
public final class SystemTime implements Time {

    @Override
    public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
