package io.drawdown.credits.commit;

import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.metrics.CoreMetrics;
import java.util.Set;

/** Answers the commands of a batch, once what was decided is true. */
final class CommandAnswers {

    private final CoreMetrics metrics;

    CommandAnswers(CoreMetrics metrics) {
        this.metrics = metrics;
    }

    /** Gives every command its answer. */
    void give(BatchDecision decision) {
        for (BatchDecision.Verdict verdict : decision.verdicts()) {
            switch (verdict) {
                case BatchDecision.Decided<?> decided -> {
                    count(decided.anomalies());
                    decided.answer();
                }
                case BatchDecision.Waits waits -> {
                    count(waits.anomalies());
                    waits.pending().waits(waits.lookAgain());
                }
                case BatchDecision.Failed failed -> failed.pending().fail(failed.fault());
            }
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
