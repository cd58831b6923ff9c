package io.drawdown.sessions.start;

import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.sessions.document.GuardedWrites;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.live.OwnerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Gives up what has been starting for too long: first the key of its hold is fenced, so that no start that comes late holds
 * anything; then it ends at total 0, which frees a hold that it has. Whoever still works on it loses the race and tells
 * its client so.
 */
public final class StartingSweep {

    static final Duration INTERVAL = Duration.ofSeconds(20);
    static final Duration OLD = Duration.ofSeconds(60);

    private static final Logger LOG = Logger.getLogger(StartingSweep.class);
    private static final int PAGE = 200;

    private final SessionStore store;
    private final OwnerContext context;
    private final Predicate<String> isInHand;
    private final PeriodicTask sweeping;

    /** @param isInHand whether this instance still works on the session */
    public StartingSweep(SessionStore store, OwnerContext context, Predicate<String> isInHand) {
        this.store = store;
        this.context = context;
        this.isInHand = isInHand;
        this.sweeping = PeriodicTask.of(context.machinery().scheduler(), INTERVAL, this::sweep);
    }

    public void start() {
        sweeping.start();
    }

    public void stop() {
        sweeping.stop();
    }

    private void sweep() {
        store.startingBefore(old(), PAGE)
                .subscribe()
                .with(this::end, fault -> LOG.debugf("The sweep of old starts waits: %s", fault));
    }

    private Instant old() {
        return context.machinery().time().now().minus(OLD);
    }

    /** It was not sent again meanwhile. */
    private boolean isOld(SessionDocument starting) {
        return starting.origin().createdAt().isBefore(old());
    }

    private void end(List<SessionDocument> old) {
        old.stream().filter(document -> !isInHand.test(document.id())).forEach(this::end);
    }

    private void end(SessionDocument old) {
        GuardedWrites.Rule abandoned = now -> now.state() instanceof Starting && isOld(now)
                ? now.abandon(context.machinery().time().now())
                : null;
        context.fenceStart(old)
                .chain(fenced -> context.writes().change(old, abandoned))
                .subscribe()
                .with(this::release, fault -> LOG.debugf("Session %s stays starting: %s", old.id(), fault));
    }

    /** A start that comes late finds that, and locks nothing. */
    private void release(SessionDocument stored) {
        context.releases().release(stored).subscribe().with(billed -> {});
    }
}
