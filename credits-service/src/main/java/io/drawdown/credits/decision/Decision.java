package io.drawdown.credits.decision;

import io.drawdown.credits.account.Account;
import java.time.Duration;
import java.util.Set;

/**
 * What the rules say to one command on one document.
 *
 * @param <R> what the command asks for
 */
public sealed interface Decision<R> {

    /** {@code next} is to be written; only then the result is true. */
    record Changed<R>(Account next, R result, Set<Anomaly> anomalies) implements Decision<R> {}

    /** Nothing is to be written; the reply is as true as the document was fresh. */
    record Unchanged<R>(Reply<R> reply, Set<Anomaly> anomalies) implements Decision<R> {}

    /**
     * The command is not decided yet, because credits are about to come back.
     *
     * @param next is to be written first, if it is another document than the one that was read
     * @param lookAgain it is decided again after this time at the latest
     */
    record Waiting<R>(Account next, Duration lookAgain, Set<Anomaly> anomalies) implements Decision<R> {}

    static <R> Decision<R> refused(Refusal refusal) {
        return new Unchanged<>(new Reply.Refused<>(refusal), Set.of());
    }
}
