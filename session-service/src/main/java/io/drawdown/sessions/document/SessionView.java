package io.drawdown.sessions.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as its readers see it.
 *
 * @param settled of an ended session: whether its cost is known; then {@code cost} is there, and {@code balance} and {@code
 *     held} are those of the account right after it, at {@code seq}
 * @param creditsHeld of a refused session: what live sessions held and had not spent
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
        @Nullable Boolean settled,
        @Nullable Credits cost,
        @Nullable Credits balance,
        @Nullable Credits held,
        @Nullable Long seq,
        @Nullable ProblemType problem,
        @Nullable Credits creditsRequired,
        @Nullable Credits creditsRemaining,
        @Nullable Credits creditsHeld) {

    public static SessionView of(SessionDocument document) {
        return of(document, document.life().usedMillis(), null);
    }

    public static SessionView of(SessionDocument document, @Nullable Long usedMillis, @Nullable Long fundedMillis) {
        StoredState life = document.life();
        Bill bill = life.bill();
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
                life.name() == StoredState.Name.ENDED ? bill != null : null,
                bill == null ? null : bill.cost(),
                bill == null ? null : bill.balance(),
                bill == null ? null : bill.held(),
                bill == null ? life.accountSeq() : (Long) bill.seq(),
                life.problem(),
                life.required(),
                life.remaining(),
                life.held());
    }
}
