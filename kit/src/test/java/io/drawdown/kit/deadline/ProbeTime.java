package io.drawdown.kit.deadline;

import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.time.Time;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The time of the probe: it stands still. */
final class ProbeTime {

    private ProbeTime() {}

    @Produces
    @Singleton
    static Time time() {
        return new ManualTime();
    }
}
