package io.drawdown.kit.time;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does the same thing again and again on the core's thread. The interval counts from the end of one round to the start of
 * the next. A round that fails does not end the task. Belongs to the thread of its scheduler.
 */
public final class PeriodicTask {

    private static final Logger LOG = Logger.getLogger(PeriodicTask.class);

    /** A round that takes longer counts as failed, so that a lost answer does not end all rounds. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

    private final Duration interval;
    private final Consumer<Runnable> round;
    private final ResettableTimer timer;
    private boolean running;

    /** @param round must tell the given action when it is over */
    private PeriodicTask(Scheduler scheduler, Duration interval, Consumer<Runnable> round) {
        this.interval = interval;
        this.round = round;
        this.timer = new ResettableTimer(scheduler);
    }

    /** A task whose round is over when the action returns. */
    public static PeriodicTask of(Scheduler scheduler, Duration interval, Runnable action) {
        return new PeriodicTask(scheduler, interval, whenOver -> {
            try {
                action.run();
            } finally {
                whenOver.run();
            }
        });
    }

    /**
     * A task whose round is over when its answer has come, or after a minute.
     *
     * @param name for the log: a round that failed is logged
     */
    public static PeriodicTask of(String name, Scheduler scheduler, Duration interval, Supplier<Uni<Void>> round) {
        Timeout timeout = new Timeout(scheduler, LONGEST_ROUND);
        return new PeriodicTask(
                scheduler, interval, whenOver -> timeout.limit(Uni.createFrom().deferred(round::get))
                        .onFailure()
                        .invoke(fault -> LOG.warnf("Round failed: task=%s next=%s fault=%s", name, interval, fault))
                        .onFailure()
                        .recoverWithNull()
                        .subscribe()
                        .with(done -> whenOver.run()));
    }

    /** Runs the first round after one interval. Does nothing if the task runs already. */
    public void start() {
        if (!running) {
            running = true;
            next();
        }
    }

    /** Runs the first round at once. Does nothing if the task runs already. */
    public void startNow() {
        if (!running) {
            running = true;
            round.accept(this::next);
        }
    }

    /** Starts no further round; one that has begun comes to its end. */
    public void stop() {
        running = false;
        timer.cancel();
    }

    /** Whether it was started and not stopped since. */
    public boolean isRunning() {
        return running;
    }

    private void next() {
        if (running) {
            timer.set(interval, () -> round.accept(this::next));
        }
    }
}
