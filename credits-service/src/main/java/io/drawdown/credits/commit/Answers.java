package io.drawdown.credits.commit;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.store.EntryHistory;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens once a group is settled: the askers hear of it, the entries go on their way. */
final class Answers {

    private final EntryHistory history;
    private final AccountOutbox outbox;
    private final CoreMetrics metrics;
    private final Timeout timeout;

    Answers(GroupCommit.Ports ports, Timeout timeout) {
        this.history = ports.history();
        this.outbox = ports.outbox();
        this.metrics = ports.metrics();
        this.timeout = timeout;
    }

    Account undrained(Account read) {
        return outbox.undrained(read);
    }

    /** Whether this process takes the entries on. */
    boolean committed(BatchDecision decision, Account written) {
        metrics.committed(decision.verdicts().size());
        Account read = decision.read();
        return outbox.committed(written, read == null ? 0 : read.seq());
    }

    /** It is a write of this process whose answer was lost: what it added is nobody else's to drain. */
    void landed(Account written) {
        outbox.committed(written, 0);
    }

    void raceLost() {
        metrics.raceLost();
    }

    /** Gives every operation its answer. Completes when all have it; never fails. */
    Uni<Void> give(BatchDecision decision) {
        List<Uni<Void>> lookUps = new ArrayList<>();
        for (BatchDecision.Verdict verdict : decision.verdicts()) {
            switch (verdict) {
                case BatchDecision.Decided<?> decided -> {
                    count(decided.anomalies());
                    decided.answer();
                }
                case BatchDecision.Failed failed -> failed.pending().fail(failed.fault());
                case BatchDecision.FoundAt<?> found -> lookUps.add(replay(found));
            }
        }
        return lookUps.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(lookUps).andFailFast().replaceWithVoid();
    }

    private Uni<Void> replay(BatchDecision.FoundAt<?> found) {
        return timeout.limit(history.bySeq(found.pending().command().accountId(), found.seq()))
                .invoke(entry -> answer(found, entry))
                .onFailure()
                .invoke(found.pending()::failAfterwards)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static void answer(BatchDecision.FoundAt<?> found, Optional<Entry> entry) {
        if (entry.isPresent()) {
            found.answer(entry.get());
        } else {
            found.pending().fail(new IllegalStateException("a drained entry is not in the ledger: " + found.seq()));
        }
    }

    private void count(Set<Anomaly> anomalies) {
        for (Anomaly anomaly : anomalies) {
            switch (anomaly) {
                case USAGE_BEYOND_FUNDED -> metrics.usageBeyondFunded();
                case FUTURE_EPOCH -> metrics.futureEpoch();
                case SHORT_OF_HELD -> metrics.insufficient(true);
                case SHORT_OF_SPENT -> metrics.insufficient(false);
            }
        }
    }
}
