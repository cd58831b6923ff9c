package io.drawdown.sessions.recovery;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.HoldView;
import io.drawdown.sessions.testing.World;
import java.util.List;

/** An overdue event for a hold that credits-service has and nobody else may know. */
final class Overdue {

    private Overdue() {}

    static AccountEvent of(World world, String account, String session) {
        Credits four = Credits.of(4);
        HoldView hold = new HoldView(session, 1, 4_000, 9_000, four, world.credits.account(account).rate);
        AccountView view = new AccountView(1_000, four, four, four, four, four);
        return new AccountEvent(
                EntryType.OVERDUE,
                account,
                world.time.now(),
                Credits.ZERO,
                view,
                hold,
                null,
                List.of(),
                null,
                null,
                null);
    }
}
