package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Granting;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.drawdown.sessions.funding.CreditsClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends what is still open on an account a while after it was suspended. Owners that hear of the suspension end their sessions
 * themselves; here the ends of the others are wanted in their documents, as an operator wants ends, so an owner that does not
 * answer loses its sessions. An event may be old, so credits-service is asked whether the account is suspended now. Every
 * instance does so: the second wish changes nothing. A session of a gateway is left to the next total that it states, which is
 * still charged.
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

    /** The latest suspension of each account that is not done with yet. */
    private final Map<String, Suspension> open = new HashMap<>();

    private boolean stopped;

    SuspendedAccounts(SessionStore store, CreditsClient credits, EndRequests ends, Scheduler scheduler) {
        this.store = store;
        this.credits = credits;
        this.ends = ends;
        this.scheduler = scheduler;
    }

    void handle(AccountEvent event) {
        String account = event.accountId();
        if (event.type() == EntryType.SUSPENDED) {
            Suspension suspension = new Suspension(account);
            open.put(account, suspension);
            scheduler.after(PATIENCE, () -> suspension.end(null));
        } else if (event.type() == EntryType.REINSTATED) {
            open.remove(account);
        }
    }

    void stop() {
        stopped = true;
    }

    /** One suspension of one account, by one event. */
    private final class Suspension {
        private final String account;

        Suspension(String account) {
            this.account = account;
        }

        private void end(@Nullable String afterId) {
            if (!stopped && open.get(account) == this) {
                credits.standing(account)
                        .chain(now -> now == Granting.StandingStatus.SUSPENDED
                                ? endPage(afterId)
                                : Uni.createFrom().item(List.<SessionDocument>of()))
                        .subscribe()
                        .with(this::goOn, fault -> again(afterId, fault));
            }
        }

        private Uni<List<SessionDocument>> endPage(@Nullable String afterId) {
            return store.open(new OpenSessions(account, null, null, afterId), PAGE)
                    .chain(found -> Multi.createFrom()
                            .iterable(found)
                            .select()
                            .where(session -> !(session.state() instanceof Reported))
                            .onItem()
                            .transformToUni(session -> ends.want(session.id(), SUSPENDED))
                            .merge(AT_ONCE)
                            .collect()
                            .last()
                            .replaceWith(found));
        }

        private void goOn(List<SessionDocument> found) {
            if (found.size() < PAGE) {
                open.remove(account, this);
            } else {
                end(found.getLast().id());
            }
        }

        private void again(@Nullable String afterId, Throwable fault) {
            LOG.infof("Sessions of a suspended account not ended yet: accountId=%s fault=%s", account, fault);
            scheduler.after(PATIENCE, () -> end(afterId));
        }
    }
}
