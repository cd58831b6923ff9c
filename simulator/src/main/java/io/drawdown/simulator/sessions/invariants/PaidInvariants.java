package io.drawdown.simulator.sessions.invariants;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.invariants.AccountStates;
import io.drawdown.simulator.sessions.ServedSpans;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.Process;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nobody is served past what is funded. A process that lost a session and took it over again goes on from what was proved:
 * what it had served beyond that is lost, and is not charged.
 */
final class PaidInvariants {

    private static final long MILLI = 1_000_000;

    /** What a process may serve between its last tick and a stall, which nobody counts. */
    private static final long UNCOUNTED_PER_STALL = 500 * MILLI;

    private final Findings findings;
    private final ServedSpans served;
    private final AccountInvariants accounts;
    private final Map<Server, Taken> taken = new HashMap<>();

    PaidInvariants(Findings findings, ServedSpans served, AccountInvariants accounts) {
        this.findings = findings;
        this.served = served;
        this.accounts = accounts;
    }

    private record Server(String sessionId, Process process) {}

    /** @param lostNanos what the process had served and nobody is charged for, when it began in that epoch */
    private record Taken(long epoch, long lostNanos) {}

    /** The process begins to serve the session. */
    void begins(SessionDocument document, Process process) {
        Server server = new Server(document.id(), process);
        long epoch = document.owner().epoch();
        Taken before = taken.get(server);
        if (before == null || before.epoch() < epoch) {
            long settled = Costs.settledMillis(truth(document), document.id()) * MILLI;
            long lost = served.deliveredBy(document.id(), process) - settled;
            taken.put(server, new Taken(epoch, Math.max(0, lost)));
        }
    }

    /** Whenever the process may have served the session for too long. */
    void check(@Nullable SessionDocument document, Process process) {
        if (document == null) {
            return;
        }
        String id = document.id();
        long delivered = served.deliveredBy(id, process);
        long funded = Costs.fundedMillis(truth(document), id);
        Taken last = taken.get(new Server(id, process));
        long lost = last == null ? 0 : last.lostNanos();
        findings.expect(
                delivered <= funded * MILLI + lost + UNCOUNTED_PER_STALL * served.stalls(id),
                "nobody is served past what is funded",
                () -> process.name() + " served " + delivered / 1e9 + " s of " + document + ", funded " + funded
                        + " ms");
    }

    private AccountStates truth(SessionDocument document) {
        return accounts.of(document.origin().accountId());
    }
}
