package io.drawdown.credits.commit;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Calls of ports, and pauses, that take no longer than they may; all on the core's timers. */
public final class Patience {

    private final Scheduler scheduler;
    private final Duration limit;

    public Patience(Scheduler scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    /** The port's answer, or {@link OutcomeUnknown} if it does not come in time; what comes later is not heard. */
    public <T> Uni<T> within(Uni<T> call) {
        return Uni.createFrom().emitter(emitter -> {
            Scheduler.Timer timer =
                    scheduler.after(limit, () -> emitter.fail(new OutcomeUnknown("no answer within " + limit)));
            call.subscribe()
                    .with(
                            item -> {
                                timer.cancel();
                                emitter.complete(item);
                            },
                            fault -> {
                                timer.cancel();
                                emitter.fail(fault);
                            });
        });
    }

    public Uni<Void> pause(Duration delay) {
        return Uni.createFrom().emitter(emitter -> scheduler.after(delay, () -> emitter.complete(null)));
    }
}
