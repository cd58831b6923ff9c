package io.drawdown.credits.checks;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where the reports of checks are. Answers and failures as {@link io.drawdown.credits.store.AccountStore} says. */
public interface CheckStore {

    /** Inserts the report or replaces the one with its id; one that has ended stays as it ended. */
    Uni<Void> save(CheckReport report);

    /** The report with this id. */
    Uni<Optional<CheckReport>> report(String id);
}
