package io.drawdown.tasks.metrics;

import io.drawdown.kit.time.Time;
import java.util.HashMap;
import java.util.Map;

/** How many tasks of each type this instance started per second, in the last minute. Belongs to the thread of the core. */
final class StartRates {

    private static final int SECONDS = 60;
    private static final long NANOS = 1_000_000_000L;

    private final Time time;
    private final Map<String, Ring> types = new HashMap<>();

    StartRates(Time time) {
        this.time = time;
    }

    /** The starts of each of the latest seconds. */
    private static final class Ring {
        private final int[] starts = new int[SECONDS];
        private long latest;

        void moveTo(long second) {
            long first = Math.max(latest + 1, second - SECONDS + 1);
            for (long each = first; each <= second; each++) {
                starts[Math.floorMod(each, SECONDS)] = 0;
            }
            latest = Math.max(latest, second);
        }
    }

    private Ring of(String type) {
        Ring ring = types.computeIfAbsent(type, name -> new Ring());
        ring.moveTo(Math.floorDiv(time.nanos(), NANOS));
        return ring;
    }

    void started(String type) {
        Ring ring = of(type);
        ring.starts[Math.floorMod(ring.latest, SECONDS)]++;
    }

    double perSecond(String type) {
        long sum = 0;
        for (int starts : of(type).starts) {
            sum += starts;
        }
        return (double) sum / SECONDS;
    }
}
