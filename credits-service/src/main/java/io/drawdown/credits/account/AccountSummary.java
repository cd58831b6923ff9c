package io.drawdown.credits.account;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account and its money at one instant.
 *
 * @param posted Σ remaining of all grants, also of those that are not effective yet
 * @param runwaySeconds how long the balance lasts if all that runs goes on; absent if nothing runs
 */
public record AccountSummary(
        Account account,
        Instant at,
        Credits posted,
        AccountView view,
        @Nullable Long runwaySeconds) {

    public static AccountSummary of(Account account, Instant now) {
        Balances balances = account.balancesAt(now);
        AccountView view = account.view(now);
        return new AccountSummary(
                account, now, balances.posted(), view, Runway.seconds(account.holds(), view.balance()));
    }
}
