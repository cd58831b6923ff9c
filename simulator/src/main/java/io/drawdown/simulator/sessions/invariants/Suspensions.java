package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.Granting;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.simulator.sessions.SessionsSide;
import io.drawdown.simulator.sessions.Watcher;
import java.util.HashSet;
import java.util.Set;

/** The accounts of which credits-service has said that they are suspended. */
final class Suspensions implements Watcher {

    private final Set<String> accounts = new HashSet<>();

    private Suspensions() {}

    static Suspensions of(SessionsSide side) {
        Suspensions suspensions = new Suspensions();
        side.watch(suspensions);
        return suspensions;
    }

    @Override
    public void standing(String accountId, Granting.StandingStatus status) {
        if (status == Granting.StandingStatus.SUSPENDED) {
            accounts.add(accountId);
        }
    }

    /** Whether an instance may have ended the session because it was told so. */
    boolean explain(SessionDocument ended) {
        return accounts.contains(ended.origin().accountId());
    }
}
