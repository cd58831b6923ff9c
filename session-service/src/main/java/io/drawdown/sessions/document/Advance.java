package io.drawdown.sessions.document;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.WarningLevels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What credits-service last answered about a gateway's session. Totals never fall; of two answers the one with the
 * greater {@code seq} knows the account better.
 *
 * @param fundedMillis usage that is paid for
 * @param settledMillis usage that is charged
 * @param seq of the account's money as it was then
 * @param levelPercent the lowest warning level that the balance had reached; null if none
 * @param last whether nothing more was available
 */
public record Advance(
        long fundedMillis,
        long settledMillis,
        long seq,
        @Nullable Integer levelPercent,
        boolean last) {

    private static final int PERCENT = 100;

    /** @param answer one with the session's hold and its account */
    public static Advance of(Funding.Answer answer) {
        HoldView hold = Objects.requireNonNull(answer.hold());
        AccountView account = Objects.requireNonNull(answer.account());
        boolean isLast =
                switch (answer.outcome()) {
                    case ENDING, EXHAUSTED, SUSPENDED -> true;
                    case FUNDED, RELEASED, NO_HOLD, STALE, REFUSED, CANCELLED -> false;
                };
        return new Advance(hold.fundedMillis(), hold.usedMillis(), account.seq(), level(account), isLast);
    }

    private static @Nullable Integer level(AccountView account) {
        Integer reached = null;
        for (int level : WarningLevels.PERCENT) {
            long at = account.armedBalance().micros() * level / PERCENT;
            if (at > 0 && account.balance().micros() <= at) {
                reached = level;
            }
        }
        return reached;
    }

    /** Both, whichever arrived first. */
    Advance and(Advance other) {
        Advance later = other.seq >= seq ? other : this;
        return new Advance(
                Math.max(fundedMillis, other.fundedMillis),
                Math.max(settledMillis, other.settledMillis),
                later.seq,
                later.levelPercent,
                later.last);
    }
}
