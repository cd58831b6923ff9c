package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Unbegun;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.drawdown.sessions.funding.CreditsClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends what still runs on an account a while after it was suspended. Owners that hear of the suspension end their sessions
 * themselves; here the ends of the others are wanted in their documents, as an operator wants ends, so an owner that does not
 * answer loses its sessions. An event may be old, so credits-service is asked for each session, as its owner would ask. Every
 * instance does so: the second wish changes nothing.
 */
final class SuspendedAccounts {

    /** How long owners may take. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(SuspendedAccounts.class);
    private static final EndRequests.Wish SUSPENDED = new EndRequests.Wish(EndReason.SUSPENDED, null);
    private static final int PAGE = 200;
    private static final int AT_ONCE = 16;

    private final SessionStore store;
    private final CreditsClient credits;
    private final EndRequests ends;
    private final Scheduler scheduler;
    private final Set<String> suspended = new HashSet<>();

    SuspendedAccounts(SessionStore store, CreditsClient credits, EndRequests ends, Scheduler scheduler) {
        this.store = store;
        this.credits = credits;
        this.ends = ends;
        this.scheduler = scheduler;
    }

    void handle(AccountEvent event) {
        String account = event.accountId();
        if (event.type() == EntryType.SUSPENDED && suspended.add(account)) {
            scheduler.after(PATIENCE, () -> end(account, null));
        } else if (event.type() == EntryType.REINSTATED) {
            suspended.remove(account);
        }
    }

    private void end(String account, @Nullable String afterId) {
        if (suspended.contains(account)) {
            store.open(new OpenSessions(account, null, null, afterId), PAGE)
                    .chain(found -> wantEnds(found).replaceWith(found))
                    .subscribe()
                    .with(found -> goOn(account, found), fault -> again(account, afterId, fault));
        }
    }

    private Uni<Void> wantEnds(List<SessionDocument> found) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUni(this::wantEnd)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** A session that starts or is being taken over is not served; whoever does that hears of the suspension. */
    private Uni<Void> wantEnd(SessionDocument session) {
        if (session.state() instanceof Unbegun || session.state() instanceof Resuming) {
            return Uni.createFrom().voidItem();
        }
        Funding.Renew question =
                new Funding.Renew(session.origin().accountId(), session.owner().epoch(), 0);
        return credits.renew(session.id(), question, null)
                .chain(answer -> answer.outcome() == Funding.Outcome.SUSPENDED
                        ? ends.want(session.id(), SUSPENDED)
                        : Uni.createFrom().voidItem());
    }

    private void goOn(String account, List<SessionDocument> found) {
        if (found.size() < PAGE) {
            suspended.remove(account);
        } else {
            end(account, found.getLast().id());
        }
    }

    private void again(String account, @Nullable String afterId, Throwable fault) {
        LOG.infof("Sessions of a suspended account not ended yet: fault=%s", fault);
        scheduler.after(PATIENCE, () -> end(account, afterId));
    }
}
