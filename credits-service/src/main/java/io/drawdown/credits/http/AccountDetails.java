package io.drawdown.credits.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.HoldView;
import io.drawdown.credits.accounts.Account;
import io.drawdown.credits.accounts.AccountStatus;
import io.drawdown.credits.accounts.Grant;
import io.drawdown.credits.accounts.Hold;
import io.drawdown.credits.accounts.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account as clients see it. */
record AccountDetails(
        String id,
        AccountStatus status,
        Instant openedAt,
        long seq,
        Credits balance,
        Credits held,
        Credits available,
        List<GrantView> grants,
        List<HoldView> holds) {

    static AccountDetails of(Standing standing) {
        Account account = standing.account();
        AccountView view = standing.view();
        return new AccountDetails(
                account.id(),
                account.status(),
                account.openedAt(),
                view.seq(),
                view.balance(),
                view.held(),
                view.available(),
                account.grants().stream().map(GrantView::of).toList(),
                account.holds().stream().map(Hold::view).toList());
    }

    /** A grant of which something remains. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GrantView(
            String id,
            GrantKind kind,
            int priority,
            Instant effectiveAt,
            @Nullable Instant expiresAt,
            Credits original,
            Credits remaining) {

        static GrantView of(Grant grant) {
            return new GrantView(
                    grant.id(),
                    grant.kind(),
                    grant.priority(),
                    grant.effectiveAt(),
                    grant.expiresAt(),
                    grant.original(),
                    grant.remaining());
        }
    }
}
