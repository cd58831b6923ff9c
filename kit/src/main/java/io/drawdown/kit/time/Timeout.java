package io.drawdown.kit.time;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;

/**
 * The longest that a call may take, measured on the core's own timers. A call that takes longer goes on, but nobody hears
 * its answer: the first outcome counts.
 */
public final class Timeout {

    private final Scheduler scheduler;
    private final Duration limit;

    public Timeout(Scheduler scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    /** The answer of the call. Fails with {@link OutcomeUnknown} if there is none within the limit. */
    public <T> Uni<T> limit(Uni<T> call) {
        return limit(call, Uni.createFrom().failure(() -> new OutcomeUnknown("no answer within " + limit)));
    }

    /** The answer of the call, or the outcome of {@code otherwise} if there is none within the limit. */
    public <T> Uni<T> limit(Uni<T> call, Uni<T> otherwise) {
        return Uni.createFrom().emitter(emitter -> {
            Scheduler.Timer timer = scheduler.after(limit, () -> forward(otherwise, emitter));
            forward(call.onTermination().invoke(timer::cancel), emitter);
        });
    }

    private static <T> void forward(Uni<T> outcome, UniEmitter<? super T> emitter) {
        outcome.subscribe().with(emitter::complete, emitter::fail);
    }
}
