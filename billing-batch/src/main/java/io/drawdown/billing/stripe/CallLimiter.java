package io.drawdown.billing.stripe;

import io.drawdown.billing.stripe.StripeSettings.Rates;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Spreads calls evenly over time, those of one endpoint and all of them. Belongs to the thread of its scheduler. */
final class CallLimiter {

    /**
     * Whoever would have to wait longer is sent away: the process has a deadline. At 25 calls in a second the 80 items that a run works
     * on at a time wait 3.2 s, and others call meanwhile.
     */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private final Time time;
    private final Scheduler scheduler;
    private final long endpointNanos;
    private final long allNanos;
    private final Map<Endpoint, Long> nextNanos = new EnumMap<>(Endpoint.class);
    private long nextOfAllNanos;

    CallLimiter(Rates rates, Time time, Scheduler scheduler) {
        this.time = time;
        this.scheduler = scheduler;
        this.endpointNanos = TimeUnit.SECONDS.toNanos(1) / rates.perEndpoint();
        this.allNanos = TimeUnit.SECONDS.toNanos(1) / rates.inAll();
        this.nextOfAllNanos = time.nanos();
    }

    /** Completes when the call may be made: true; or at once: false, there are too many. */
    Uni<Boolean> enter(Endpoint endpoint) {
        return Uni.createFrom().deferred(() -> {
            long now = time.nanos();
            long mine = nextNanos.getOrDefault(endpoint, now);
            long wait = Math.max(0, Math.max(mine - now, nextOfAllNanos - now));
            if (wait > LONGEST_WAIT.toNanos()) {
                return Uni.createFrom().item(false);
            }
            nextNanos.put(endpoint, now + wait + endpointNanos);
            nextOfAllNanos = now + wait + allNanos;
            return wait == 0
                    ? Uni.createFrom().item(true)
                    : scheduler.pause(Duration.ofNanos(wait)).replaceWith(true);
        });
    }
}
