package io.drawdown.billing.batch;

import java.time.ZoneId;

/** When a process runs by itself. */
public sealed interface Schedule {

    /** It runs only when it is asked for. */
    record Never() implements Schedule {}

    /**
     * It runs at the times of a cron expression.
     *
     * @param expression five fields: minute, hour, day of the month, month, day of the week
     * @param zone whose clock it is; a time that a change of that clock leaves out is skipped
     */
    record Cron(String expression, ZoneId zone, Missed missed) implements Schedule {

        /** The same, but a missed time is left out. */
        public Cron skippingMissed() {
            return new Cron(expression, zone, Missed.SKIP);
        }
    }

    /** What becomes of a time at which it could not run: no instance was up, or another run was under way. */
    enum Missed {
        /** However many were missed, it runs once as soon as it can. */
        ONCE,
        /** It waits for the next time. */
        SKIP
    }

    static Schedule never() {
        return new Never();
    }

    /**
     * With what was missed done once.
     *
     * @param zone as in the tz database, e.g. {@code Europe/Berlin}
     */
    static Cron cron(String expression, String zone) {
        return new Cron(expression, ZoneId.of(zone), Missed.ONCE);
    }
}
