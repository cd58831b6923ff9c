package io.drawdown.sessions.start;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Gives up sessions that have been starting for too long. First it fences the key of the hold, so that a late start holds
 * nothing. Then it ends the session at total 0, which releases a hold that it has. An instance that still works on the
 * start loses the race, and tells its client so.
 */
public final class StartingSweep {

    static final Duration INTERVAL = Duration.ofSeconds(20);
    static final Duration OLD = Duration.ofSeconds(60);

    private static final Logger LOG = Logger.getLogger(StartingSweep.class);
    private static final int PAGE = 200;

    private final SessionStore store;
    private final GuardedWrites<SessionDocument> writes;
    private final CreditsClient credits;
    private final Releases releases;
    private final Time time;
    private final PeriodicTask sweeps;
    private final Predicate<String> isStarting;

    /** @param isStarting whether this instance still works on the start of the session */
    public StartingSweep(
            SessionStore store,
            GuardedWrites<SessionDocument> writes,
            CreditsClient credits,
            Releases releases,
            Time time,
            Scheduler scheduler,
            Predicate<String> isStarting) {
        this.store = store;
        this.writes = writes;
        this.credits = credits;
        this.releases = releases;
        this.time = time;
        this.sweeps = PeriodicTask.of(scheduler, INTERVAL, this::sweep);
        this.isStarting = isStarting;
    }

    public void start() {
        sweeps.start();
    }

    public void stop() {
        sweeps.stop();
    }

    private void sweep() {
        store.startingBefore(old(), PAGE)
                .subscribe()
                .with(this::end, fault -> LOG.debugf("Sweep of old starts failed, tried again: fault=%s", fault));
    }

    private Instant old() {
        return time.now().minus(OLD);
    }

    /** Whether its key was not sent again meanwhile. */
    private boolean isOld(SessionDocument starting) {
        return starting.origin().createdAt().isBefore(old());
    }

    private void end(List<SessionDocument> old) {
        old.stream().filter(document -> !isStarting.test(document.id())).forEach(this::end);
    }

    private void end(SessionDocument old) {
        GuardedWrites.Rule<SessionDocument> abandoned =
                (current, now) -> current.state() instanceof Starting && isOld(current) ? current.abandon(now) : null;
        credits.fenceStart(old)
                .chain(fenced -> writes.change(old, abandoned))
                .subscribe()
                .with(
                        this::release,
                        fault -> LOG.debugf("Old start not given up yet: sessionId=%s fault=%s", old.id(), fault));
    }

    /** Releases its hold; a late start finds the release, and holds nothing. */
    private void release(SessionDocument stored) {
        releases.release(stored).subscribe().with(billed -> {});
    }
}
