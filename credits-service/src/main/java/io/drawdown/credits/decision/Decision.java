package io.drawdown.credits.decision;

import io.drawdown.credits.account.Account;
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

    static <R> Decision<R> refused(Refusal refusal) {
        return new Unchanged<>(new Reply.Refused<>(refusal), Set.of());
    }
}
