package io.drawdown.kit.time;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * The one thread of a core and its timers. A core is single-threaded: every entry into it and every completion of one
 * of its ports runs as an action of its scheduler, one at a time, so a core needs no locks.
 */
public interface Scheduler {

    /** Runs the action once on the core's thread, not before {@code delay} has passed; zero means as soon as possible. */
    Timer after(Duration delay, Runnable action);

    /** Runs the action on the core's thread as soon as possible, after what is already waiting. */
    default void execute(Runnable action) {
        after(Duration.ZERO, action);
    }

    /** Completes on the core's thread, not before {@code delay} has passed since the subscription. */
    default Uni<Void> pause(Duration delay) {
        return Uni.createFrom().emitter(paused -> after(delay, () -> paused.complete(null)));
    }

    /** A running timer. */
    interface Timer {
        /** The action will not run any more, unless it has begun. Calling it again changes nothing. */
        void cancel();
    }
}
