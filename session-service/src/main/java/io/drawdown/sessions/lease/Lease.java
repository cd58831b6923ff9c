package io.drawdown.sessions.lease;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps this instance an incarnation with a lease. A renewal that fails changes nothing. Only when this instance learns that
 * another has fenced it, it loses its name, and goes on as a new incarnation.
 */
public final class Lease {

    /** An incarnation that was seen not to renew for this long may be fenced. */
    public static final Duration LENGTH = Duration.ofSeconds(4);

    static final Duration RENEWAL = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Lease.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final IncarnationStore store;
    private final String instance;
    private final Supplier<String> ids;
    private final Time time;
    private final Listener listener;
    private final ResettableTimer next;

    private String incarnation = "";
    private boolean held;
    private boolean stopped;

    /** Hears what becomes of the lease. */
    public interface Listener {
        /** This instance is that incarnation from now on. */
        void registered(String incarnation);

        /** The lease was unbroken at some moment after {@code askedNanos}. */
        void renewed(String incarnation, long askedNanos);

        /** This instance may not write under that name any more. */
        void fenced(String incarnation);
    }

    public Lease(
            IncarnationStore store,
            String instance,
            Supplier<String> ids,
            Time time,
            Scheduler scheduler,
            Listener listener) {
        this.store = store;
        this.instance = instance;
        this.ids = ids;
        this.time = time;
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

    private void register(String name) {
        store.register(name, instance).subscribe().with(done -> registered(name), fault -> {
            LOG.warnf("No lease yet: fault=%s", fault);
            later(RETRY, () -> register(name));
        });
    }

    private void registered(String name) {
        if (stopped) {
            return;
        }
        held = true;
        listener.registered(name);
        later(RENEWAL, this::renew);
    }

    private void renew() {
        String name = incarnation;
        long asked = time.nanos();
        next.cancel();
        store.renew(name).subscribe().with(alive -> renewed(name, alive, asked), fault -> {
            if (name.equals(incarnation)) {
                later(RETRY, this::renew);
            }
        });
    }

    private void renewed(String name, boolean alive, long asked) {
        if (stopped || !name.equals(incarnation)) {
            return;
        }
        if (alive) {
            later(RENEWAL, this::renew);
            listener.renewed(name, asked);
        } else {
            LOG.warnf("Incarnation fenced; this instance goes on under a new name: incarnation=%s", name);
            held = false;
            listener.fenced(name);
            start();
        }
    }

    private void later(Duration delay, Runnable action) {
        if (!stopped) {
            next.set(delay, action);
        }
    }
}
