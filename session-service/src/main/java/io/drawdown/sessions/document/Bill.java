package io.drawdown.sessions.document;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import java.util.Objects;
import java.util.Optional;

/**
 * What an ended session cost, and the money that its account has after it.
 *
 * @param cost the price of its total
 * @param balance of the account, {@code held} by its live sessions: both as they were at {@code seq}
 */
public record Bill(Credits cost, Credits balance, Credits held, long seq) {

    public static Bill of(Credits cost, AccountView account) {
        return new Bill(cost, account.balance(), account.held(), account.seq());
    }

    /** The bill in the answer to a release; empty if credits-service does not know it any more. */
    public static Optional<Bill> of(Funding.Answer answer) {
        if (answer.outcome() != Funding.Outcome.RELEASED) {
            return Optional.empty();
        }
        HoldView hold = answer.hold();
        AccountView account = Objects.requireNonNull(answer.account());
        return Optional.of(of(hold == null ? Credits.ZERO : hold.charged(), account));
    }
}
