package io.drawdown.kit.lease;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps this instance an incarnation with a lease. A renewal that fails changes nothing, and one without an answer holds up no
 * other. Only when this instance learns that another has fenced it, it loses its name, and goes on as a new incarnation.
 */
public final class Lease {

    private static final Logger LOG = Logger.getLogger(Lease.class);

    private final IncarnationStore store;
    private final String instance;
    private final Supplier<String> ids;
    private final LeaseTerms terms;
    private final Time time;
    private final Scheduler scheduler;
    private final Listener listener;
    private final ResettableTimer next;

    private String incarnation = "";
    private boolean held;
    private boolean stopped;
    private long sentNanos;
    private long provenNanos;

    /** Hears what becomes of the lease. */
    public interface Listener {
        /**
         * This instance is that incarnation from now on.
         *
         * @param askedNanos monotonic time at which the registration was sent; the lease began later
         */
        void registered(String incarnation, long askedNanos);

        /**
         * The lease was unbroken at some moment after {@code askedNanos}.
         *
         * @param askedNanos monotonic time at which the renewal was sent
         */
        void renewed(String incarnation, long askedNanos);

        /** This instance may not write under that name any more. */
        void fenced(String incarnation);
    }

    /**
     * @param instance the name that survives a restart
     * @param ids makes what tells one incarnation of the instance from another
     */
    public Lease(
            IncarnationStore store,
            String instance,
            Supplier<String> ids,
            LeaseTerms terms,
            Time time,
            Scheduler scheduler,
            Listener listener) {
        this.store = store;
        this.instance = instance;
        this.ids = ids;
        this.terms = terms;
        this.time = time;
        this.scheduler = scheduler;
        this.listener = listener;
        this.next = new ResettableTimer(scheduler);
    }

    public void start() {
        incarnation = instance + "-" + ids.get();
        register(incarnation);
    }

    /** Whether this instance has a name under which it may write. */
    public boolean isHeld() {
        return held;
    }

    public String incarnation() {
        return incarnation;
    }

    /** Asks at once whether the lease is unbroken. */
    public void check() {
        if (held) {
            renew();
        }
    }

    /** Gives the lease up, if the store can be reached. */
    public void stop() {
        stopped = true;
        held = false;
        next.cancel();
        store.release(incarnation)
                .subscribe()
                .with(done -> {}, fault -> LOG.infof("Lease not released; it runs out by itself: fault=%s", fault));
    }

    /** After a fault under a new name: the registration may have happened, and the name may be fenced meanwhile. */
    private void register(String name) {
        long asked = time.nanos();
        store.register(name, instance).subscribe().with(done -> registered(name, asked), fault -> {
            LOG.warnf("No lease yet: fault=%s", fault);
            later(terms.retry(), this::start);
        });
    }

    private void registered(String name, long asked) {
        if (stopped) {
            return;
        }
        held = true;
        provenNanos = asked;
        listener.registered(name, asked);
        later(terms.renewal(), this::renew);
    }

    private void renew() {
        String name = incarnation;
        long asked = time.nanos();
        sentNanos = asked;
        later(terms.patience(), this::renew);
        store.renew(name).subscribe().with(alive -> renewed(name, alive, asked), fault -> notRenewed(name, asked));
    }

    /** If another renewal is under way, that one counts. */
    private void notRenewed(String name, long asked) {
        if (name.equals(incarnation) && asked == sentNanos) {
            later(terms.retry(), this::renew);
        }
    }

    private void renewed(String name, boolean alive, long asked) {
        if (stopped || !name.equals(incarnation)) {
            return;
        }
        if (alive) {
            unbroken(name, asked);
        } else {
            LOG.warnf("Incarnation fenced; this instance goes on under a new name: incarnation=%s", name);
            held = false;
            next.cancel();
            listener.fenced(name);
            noteSurvival(name);
            start();
        }
    }

    /** An answer that is late tells less than one that has come. */
    private void unbroken(String name, long asked) {
        if (asked - provenNanos >= 0) {
            provenNanos = asked;
            later(terms.renewal(), this::renew);
            listener.renewed(name, asked);
        }
    }

    /** Until it is noted: a task is not to be blamed for a worker that lives. */
    private void noteSurvival(String name) {
        store.survived(name).subscribe().with(done -> {}, fault -> {
            LOG.debugf("Not noted as survived yet: incarnation=%s fault=%s", name, fault);
            if (!stopped) {
                scheduler.after(terms.retry(), () -> noteSurvival(name));
            }
        });
    }

    private void later(Duration delay, Runnable action) {
        if (!stopped) {
            next.set(delay, action);
        }
    }
}
