package io.drawdown.credits.decision;

import io.drawdown.credits.account.Account;
import java.util.Set;

/** What the rules say to one command on one document. */
public sealed interface Decision {

    /** {@code next} is to be written; only then the reply is true. */
    record Changed(Account next, Reply reply, Set<Anomaly> notices) implements Decision {}

    /** Nothing is to be written; the reply is as true as the document was fresh. */
    record Unchanged(Reply reply, Set<Anomaly> notices) implements Decision {}

    /** The command was carried out before; its reply is in the ledger row {@code seq}. */
    record Replayed(long seq) implements Decision {}

    static Decision unchanged(Reply reply) {
        return new Unchanged(reply, Set.of());
    }
}
