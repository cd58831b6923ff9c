package io.drawdown.sessions.sessions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as its readers see it.
 *
 * @param usedMillis the exact total while it runs here or once it has ended; absent where only its owner knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionView(
        String id,
        String accountId,
        String kind,
        StoredState.Name state,
        long epoch,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long usedMillis,
        @Nullable Long fundedMillis,
        @Nullable EndReason reason,
        @Nullable ProblemType problem) {

    static SessionView of(SessionDocument document) {
        return of(document, document.life().usedMillis(), null);
    }

    static SessionView of(SessionDocument document, @Nullable Long usedMillis, @Nullable Long fundedMillis) {
        StoredState life = document.life();
        return new SessionView(
                document.id(),
                document.origin().accountId(),
                document.origin().kind(),
                life.name(),
                document.owner().epoch(),
                document.origin().createdAt(),
                document.startedAt(),
                life.at(),
                usedMillis,
                fundedMillis,
                life.reason(),
                life.problem());
    }
}
