package io.drawdown.kit.runtime;

import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Database time: sampled every 5 s, and carried on by the monotonic clock in between. All instances of a service
 * agree on it, and none depends on its own wall clock.
 *
 * <p>Half the round trip of a sample is added to it; a sample with a round trip above 2 s is too inexact and is
 * dropped. A sample that differs from the time carried on by more than 1 min is refused and raises an alarm: if the
 * clock of the database was set, or a fail-over leads to a server with another clock, time goes on undisturbed.
 * {@link #now} never goes back.
 *
 * <p>{@link #now} and {@link #nanos} may be called from any thread.
 */
public final class DatabaseTime implements Time {

    /** How often the database is asked. */
    public static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(5);

    /** The greatest difference to the time carried on that is accepted. */
    public static final Duration GREATEST_STEP = Duration.ofMinutes(1);

    private static final Duration GREATEST_ROUND_TRIP = Duration.ofSeconds(2);
    private static final Logger LOG = Logger.getLogger(DatabaseTime.class);

    private final Supplier<Uni<Instant>> database;
    private final PeriodicTask sampling;
    private final LongSupplier monotonic;
    private final AtomicLong latestNanos = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong refusedSteps = new AtomicLong();
    private volatile @Nullable Anchor anchor;

    /** @param database asks the database for its time; answers on the core's thread */
    public DatabaseTime(Supplier<Uni<Instant>> database, Scheduler scheduler) {
        this(database, scheduler, System::nanoTime);
    }

    /** @param monotonic nanoseconds; only differences mean something */
    public DatabaseTime(Supplier<Uni<Instant>> database, Scheduler scheduler, LongSupplier monotonic) {
        this.database = database;
        this.sampling = PeriodicTask.of("samples of database time", scheduler, SAMPLE_INTERVAL, this::sample);
        this.monotonic = monotonic;
    }

    /**
     * Takes the first sample, completes with it, and goes on sampling. Fails if the sample fails, and may then be
     * called again. After a success it does nothing.
     */
    public Uni<Void> start() {
        return anchor == null
                ? Uni.createFrom().deferred(this::sample).invoke(sampling::start)
                : Uni.createFrom().voidItem();
    }

    /** @throws IllegalStateException before the first sample */
    @Override
    public Instant now() {
        Anchor known = anchor;
        if (known == null) {
            throw new IllegalStateException("database time is not known yet");
        }
        long nanos = latestNanos.accumulateAndGet(known.at(monotonic.getAsLong()), Math::max);
        return Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000_000L));
    }

    @Override
    public long nanos() {
        return monotonic.getAsLong();
    }

    /** How many samples were refused for a step above {@link #GREATEST_STEP}; must stay 0. */
    public long refusedSteps() {
        return refusedSteps.get();
    }

    private Uni<Void> sample() {
        long asked = monotonic.getAsLong();
        return database.get().invoke(answer -> take(answer, asked)).replaceWithVoid();
    }

    private void take(Instant answer, long asked) {
        long now = monotonic.getAsLong();
        long roundTrip = now - asked;
        Anchor known = anchor;
        Anchor sampled = new Anchor(epochNanos(answer) + roundTrip / 2, now);
        if (known == null) {
            anchor = sampled;
            return;
        }
        if (roundTrip > GREATEST_ROUND_TRIP.toNanos()) {
            return;
        }
        Duration step = Duration.ofNanos(sampled.epochNanos() - known.at(now));
        if (step.abs().compareTo(GREATEST_STEP) > 0) {
            refusedSteps.incrementAndGet();
            LOG.errorf("Database time stepped, sample refused: step=%s", step);
            return;
        }
        anchor = sampled;
    }

    private static long epochNanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    /** Database time {@code epochNanos} when the monotonic clock said {@code monotonicNanos}. */
    private record Anchor(long epochNanos, long monotonicNanos) {
        long at(long nanos) {
            return epochNanos + (nanos - monotonicNanos);
        }
    }
}
