package io.drawdown.credits.commit;

import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.credits.metrics.CoreMetrics;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers the commands of a batch, once what was decided is true. */
final class CommandAnswers {

    private final LedgerStore ledger;
    private final CoreMetrics metrics;
    private final Timeout timeout;

    CommandAnswers(LedgerStore ledger, CoreMetrics metrics, Timeout timeout) {
        this.ledger = ledger;
        this.metrics = metrics;
        this.timeout = timeout;
    }

    /** Gives every command its answer. Completes when all have it; never fails. */
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
        return timeout.limit(ledger.row(found.pending().command().accountId(), found.seq()))
                .invoke(row -> answer(found, row))
                .onFailure()
                .invoke(found.pending()::failAfterwards)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static void answer(BatchDecision.FoundAt<?> found, Optional<LedgerRow> row) {
        if (row.isPresent()) {
            found.answer(row.get().entry());
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
