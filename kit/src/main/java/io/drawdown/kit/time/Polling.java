package io.drawdown.kit.time;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition that nobody announces: looks at once, then once an interval. */
public final class Polling {

    private final Time time;
    private final Scheduler scheduler;
    private final Duration interval;

    public Polling(Time time, Scheduler scheduler, Duration interval) {
        this.time = time;
        this.scheduler = scheduler;
        this.interval = interval;
    }

    /**
     * Completes with true as soon as a look finds that the condition holds, and with false if none did within {@code
     * atMost}.
     */
    public Uni<Boolean> until(BooleanSupplier condition, Duration atMost) {
        return Uni.createFrom().emitter(emitter -> look(condition, time.nanos() + atMost.toNanos(), emitter));
    }

    private void look(BooleanSupplier condition, long untilNanos, UniEmitter<? super Boolean> emitter) {
        boolean holds = condition.getAsBoolean();
        if (holds || time.nanos() - untilNanos >= 0) {
            emitter.complete(holds);
        } else {
            scheduler.after(interval, () -> look(condition, untilNanos, emitter));
        }
    }
}
