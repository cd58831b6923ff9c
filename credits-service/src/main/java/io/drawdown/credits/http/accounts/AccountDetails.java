package io.drawdown.credits.http.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.HoldView;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.Hold;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as clients see it.
 *
 * @param plan what kinds of session it may start; absent: every kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
record AccountDetails(
        String id,
        AccountStatus status,
        @Nullable String plan,
        Instant openedAt,
        long seq,
        Credits balance,
        Credits held,
        Credits available,
        List<GrantView> grants,
        List<HoldView> holds) {

    static AccountDetails of(AccountSummary summary) {
        Account account = summary.account();
        AccountView view = summary.view();
        return new AccountDetails(
                account.id(),
                account.status(),
                account.plan(),
                account.opening().at(),
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
