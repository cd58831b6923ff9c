package io.drawdown.billing.hook;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * The events of Stripe: stored before they are acknowledged, looked at once they are, and again until that has succeeded. A sweep finds
 * what a crash left behind. An event may be looked at twice, and by two instances: whoever looks reads the object from Stripe and
 * writes under the guard of the document that it read before.
 *
 * <p>Belongs to the thread of its core.
 */
public final class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private static final Duration SWEEP = Duration.ofSeconds(5);

    /** Whoever stored it looks at it within this time. */
    private static final Duration FRESH = Duration.ofSeconds(4);

    /** A look that takes longer counts as failed. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(90);

    private static final int MOST_WAITING = 1_000;
    private static final int CONCURRENT = 8;

    /** Looks at what a hint is about. May be told the same twice; fails if it is to be told again. */
    @FunctionalInterface
    public interface Looker {
        Uni<Void> look(Hint hint);
    }

    private final InboxStore store;
    private final GuardedWrites<HintDocument> writes;
    private final Looker looker;
    private final Time time;
    private final Timeout timeout;
    private final PeriodicTask sweeps;
    private final Deque<HintDocument> waiting = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private int active;
    private long lookedAt;
    private long failures;
    private boolean isStopped;

    public Inbox(InboxStore store, Looker looker, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.looker = looker;
        this.time = time;
        this.timeout = new Timeout(scheduler, LONGEST_LOOK);
        this.writes = new GuardedWrites<>(store, HintDocument::written, document -> {}, time, scheduler, random);
        this.sweeps = PeriodicTask.of("look for events of Stripe", scheduler, SWEEP, this::sweep);
    }

    public void start() {
        sweeps.startNow();
    }

    /** Looks at nothing more. What is left is stored. */
    public void stop() {
        isStopped = true;
        sweeps.stop();
        waiting.clear();
    }

    /** How many are being looked at, or wait for that here. */
    public int backlog() {
        return known.size();
    }

    /** How many were looked at here. */
    public long lookedAt() {
        return lookedAt;
    }

    /** How often that failed here. */
    public long failures() {
        return failures;
    }

    /** Stores the hint; answers whether it is new. Then it is looked at. */
    public Uni<Boolean> take(Hint hint) {
        return writes.insert(HintDocument.of(hint, time.now())).map(inserted -> {
            inserted.ifPresent(this::offer);
            return inserted.isPresent();
        });
    }

    private Uni<Void> sweep() {
        Instant by = time.now().minus(FRESH);
        return store.due(by, MOST_WAITING)
                .invoke(found -> found.forEach(this::offer))
                .replaceWithVoid();
    }

    private void offer(HintDocument hint) {
        if (!isStopped && waiting.size() < MOST_WAITING && known.add(hint.id())) {
            waiting.add(hint);
            next();
        }
    }

    private void next() {
        while (active < CONCURRENT && !waiting.isEmpty()) {
            active++;
            HintDocument hint = waiting.remove();
            Uni.createFrom()
                    .deferred(() -> timeout.limit(looker.look(hint.hint())))
                    .chain(() -> writes.change(hint, (current, now) -> current.done()))
                    .invoke(() -> lookedAt++)
                    .onFailure()
                    .recoverWithUni(fault -> failed(hint, fault))
                    .subscribe()
                    .with(done -> over(hint), fault -> over(hint));
        }
    }

    private Uni<HintDocument> failed(HintDocument hint, Throwable fault) {
        failures++;
        // The first try may meet the call that caused the event, which is not over yet.
        LOG.logf(
                hint.tries() == 0 ? Logger.Level.DEBUG : Logger.Level.WARN,
                "Event of Stripe not looked at: event=%s type=%s fault=%s",
                hint.id(),
                hint.type(),
                fault);
        return writes.change(hint, (current, now) -> current.failed(now));
    }

    private void over(HintDocument hint) {
        active--;
        known.remove(hint.id());
        next();
    }
}
