package io.drawdown.credits.http.accounts;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.credits.account.AccountSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The money of an account.
 *
 * @param posted effective and upcoming credits, reserved ones included
 * @param available what new work can take
 * @param upcoming credits of grants that are not effective yet
 * @param runwaySeconds how long the effective credits last if all that runs goes on; null when nothing runs
 */
// More than 8 components: flat on the wire.
record BalanceView(
        String accountId,
        long seq,
        Credits posted,
        Credits held,
        Credits available,
        Credits upcoming,
        Credits burnPerSecond,
        @Nullable Long runwaySeconds,
        Credits armedBalance,
        Instant asOf) {

    static BalanceView of(AccountSummary summary) {
        AccountView view = summary.view();
        Credits upcoming = summary.account().grants().stream()
                .filter(grant -> grant.effectiveAt().isAfter(summary.at()))
                .map(grant -> grant.remaining())
                .reduce(Credits.ZERO, Credits::plus);
        return new BalanceView(
                summary.account().id(),
                view.seq(),
                view.balance().plus(upcoming),
                view.held(),
                view.available(),
                upcoming,
                view.burnPerSecond(),
                summary.runwaySeconds(),
                view.armedBalance(),
                summary.at());
    }
}
