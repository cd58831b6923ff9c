package io.drawdown.sessions.document;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an ended session cost, and the money that its account has after it.
 *
 * @param cost the price of {@code billedMillis}
 * @param balance of the account, {@code held} by its live sessions: both as they were at {@code seq}
 * @param billedMillis the total that is charged; absent where the owner knows that it is the session's own total
 */
public record Bill(
        Credits cost,
        Credits balance,
        Credits held,
        long seq,
        @Nullable Long billedMillis) {

    /** Of a session that is charged for its total. */
    public static Bill of(Credits cost, AccountView account) {
        return of(cost, null, account);
    }

    private static Bill of(Credits cost, @Nullable Long billedMillis, AccountView account) {
        return new Bill(cost, account.balance(), account.held(), account.seq(), billedMillis);
    }

    /** The bill in the answer to a release; empty if credits-service does not know it any more. */
    public static Optional<Bill> of(Funding.Answer answer) {
        if (answer.outcome() != Funding.Outcome.RELEASED) {
            return Optional.empty();
        }
        HoldView hold = answer.hold();
        AccountView account = Objects.requireNonNull(answer.account());
        return Optional.of(
                hold == null ? of(Credits.ZERO, 0L, account) : of(hold.charged(), hold.usedMillis(), account));
    }
}
