package io.drawdown.sessions.document;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.WarningLevels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What credits-service last answered about a gateway's session. Totals never fall within a cut; of two answers the one with
 * the greater {@code seq} knows the account better.
 *
 * @param fundedMillis usage that is paid for
 * @param settledMillis usage that is charged
 * @param seq of the account's money as it was then
 * @param levelPercent the lowest warning level that the balance had reached; null if none
 * @param last whether nothing more was available
 * @param cut how often funded time was given back; absent: never
 * @param owed true: credits-service has not answered the last of these yet; else absent
 */
public record Advance(
        long fundedMillis,
        long settledMillis,
        long seq,
        @Nullable Integer levelPercent,
        boolean last,
        @Nullable Long cut,
        @Nullable Boolean owed) {

    /** Of a session that gave nothing back. */
    public Advance(long fundedMillis, long settledMillis, long seq, @Nullable Integer levelPercent, boolean last) {
        this(fundedMillis, settledMillis, seq, levelPercent, last, null, null);
    }

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
        return new Advance(
                hold.fundedMillis(), hold.usedMillis(), account.seq(), level(account), isLast, hold.cut(), null);
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

    /** How often funded time was given back. */
    public long cuts() {
        return cut == null ? 0 : cut;
    }

    /** Whether credits-service has not answered yet what was given back last. */
    public boolean isOwed() {
        return Boolean.TRUE.equals(owed);
    }

    /** Both, whichever arrived first. What was funded before the last give-back is not obeyed any more. */
    Advance and(Advance other) {
        Advance later = other.seq >= seq ? other : this;
        Advance newest = other.cuts() > cuts() ? other : this;
        boolean isOneCut = other.cuts() == cuts();
        return new Advance(
                isOneCut ? Math.max(fundedMillis, other.fundedMillis) : newest.fundedMillis,
                Math.max(settledMillis, other.settledMillis),
                later.seq,
                later.levelPercent,
                later.last,
                newest.cut,
                isOneCut ? null : newest.owed);
    }

    /** Nothing beyond that total is served from now on, and credits-service has to hear it. */
    Advance giveBack(long atMillis) {
        return isOwed()
                ? this
                : new Advance(
                        Math.min(atMillis, fundedMillis), settledMillis, seq, levelPercent, last, cuts() + 1, true);
    }
}
