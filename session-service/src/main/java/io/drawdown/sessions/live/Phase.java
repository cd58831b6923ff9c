package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.config.SessionsSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the owner does with a running session, and what follows from what is known:
 *
 * <pre>
 * a new session is Away until its client is attached
 *
 * Serving ⇄ Waiting    at the funded limit: asks credits-service until there is more, or there is none
 * Serving ⇄ Away       the client is silent, or its socket is lost; it may come back within the grace period
 * Serving ⇄ Stalled    this process stalled: its lease is checked before anybody is served again
 * Stalled → Waiting, Away
 * Waiting → Stalled, Away
 * Away    → Stalled, Waiting
 *
 * each of them → Paused               its client, its gateway or its media wants it, for a while at most
 * Paused  → Serving, Waiting, Away, Stalled
 *
 * each of them → Closing → Closed    ended by its owner: the total is fixed, then written
 * each of them → Leaving → Closed    handed over by its owner: the total is fixed, then written; nobody owns it then
 * each of them → Closed              another owner has it: nothing is written
 * </pre>
 *
 * A paused session needs no sign of life and no socket: nobody is away from it, and its lease is checked before it goes on.
 *
 * The media runs and the meter counts in {@code Serving} and nowhere else.
 */
sealed interface Phase {

    /** Not ended: the owner may still decide. */
    sealed interface Open extends Phase {

        /** What follows from what is known now; this phase if nothing changes. */
        Phase next(Conditions now);

        /** The client's socket is lost. */
        default Open disconnect(Conditions now) {
            return new Away(now.nanos());
        }

        /** Neither served nor charged until it goes on. */
        default Paused pause(Conditions now) {
            return new Paused(now.nanos());
        }

        default Closing end(EndReason reason) {
            return new Closing(reason);
        }

        default Leaving handOver(@Nullable Duration retryAfter) {
            return new Leaving(retryAfter);
        }
    }

    /** The client is served, and pays for it. */
    record Serving() implements Open {

        @Override
        public Phase next(Conditions now) {
            if (now.isLifetimeOver()) {
                return end(EndReason.MAXIMUM_DURATION);
            }
            if (now.isSilent()) {
                return new Away(now.nanos());
            }
            if (now.isAtLimit()) {
                return new Waiting(now.nanos());
            }
            return now.isLeaseUnchecked() ? new Stalled() : this;
        }
    }

    /** Not served: this process stalled, and has not seen its lease unbroken since. */
    record Stalled() implements Open {

        @Override
        public Phase next(Conditions now) {
            return new Serving().next(now);
        }
    }

    /** Not served: what is funded is used up. */
    record Waiting(long sinceNanos) implements Open {

        @Override
        public Phase next(Conditions now) {
            if (now.isLifetimeOver()) {
                return end(EndReason.MAXIMUM_DURATION);
            }
            if (now.isPast(sinceNanos, now.settings().unfundedAtMost())) {
                return end(EndReason.UNAVAILABLE);
            }
            return now.isAtLimit() && !now.isSilent() ? this : new Serving().next(now);
        }
    }

    /** Not served: nothing is heard of the client. */
    record Away(long sinceNanos) implements Open {

        @Override
        public Phase next(Conditions now) {
            if (now.isLifetimeOver()) {
                return end(EndReason.MAXIMUM_DURATION);
            }
            return now.isPast(sinceNanos, now.settings().gracePeriod()) ? end(EndReason.DISCONNECTED) : this;
        }

        /** Stays away for as long as it has been. */
        @Override
        public Open disconnect(Conditions now) {
            return this;
        }

        /** The client is heard again. */
        Phase comeBack(Conditions now) {
            return new Serving().next(now);
        }
    }

    /** Not served: somebody wanted that. */
    record Paused(long sinceNanos) implements Open {

        @Override
        public Phase next(Conditions now) {
            if (now.isLifetimeOver()) {
                return end(EndReason.MAXIMUM_DURATION);
            }
            return now.isPast(sinceNanos, now.settings().pausedAtMost()) ? end(EndReason.PAUSED_TOO_LONG) : this;
        }

        /** The client may come back over another socket. */
        @Override
        public Open disconnect(Conditions now) {
            return this;
        }

        @Override
        public Paused pause(Conditions now) {
            return this;
        }

        Duration left(Conditions now) {
            return now.settings().pausedAtMost().minusNanos(now.nanos() - sinceNanos);
        }

        /** The pause is over; without a client its grace period begins. */
        Phase goOn(Conditions now, boolean hasClient) {
            return hasClient ? new Serving().next(now) : new Away(now.nanos()).next(now);
        }
    }

    /** Ended by its owner; the end is being written. */
    record Closing(EndReason reason) implements Phase {}

    /**
     * Its owner serves it no more; the hand-over is being written.
     *
     * @param retryAfter when the client is to come back; null if it has already, elsewhere
     */
    record Leaving(@Nullable Duration retryAfter) implements Phase {}

    record Closed() implements Phase {}

    /** What a transition depends on; the meter has counted up to now. */
    record Conditions(Meter meter, boolean isLeaseUnchecked, MaximumDuration lifetime, SessionsSettings settings) {

        long nanos() {
            return meter.tickedNanos();
        }

        boolean isSilent() {
            return meter.isSilent();
        }

        boolean isAtLimit() {
            return meter.isAtLimit();
        }

        boolean isLifetimeOver() {
            return lifetime.isOver(nanos());
        }

        boolean isPast(long sinceNanos, Duration limit) {
            return nanos() - sinceNanos >= limit.toNanos();
        }
    }
}
