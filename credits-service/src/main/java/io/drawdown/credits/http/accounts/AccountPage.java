package io.drawdown.credits.http.accounts;

import io.drawdown.credits.account.AccountSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor for the next page; null on the last one */
record AccountPage(List<AccountDetails> items, @Nullable String nextCursor) {

    /** @param found one more than {@code limit} if there is a next page */
    static AccountPage of(List<AccountSummary> found, int limit) {
        List<AccountDetails> items =
                found.stream().limit(limit).map(AccountDetails::of).toList();
        return new AccountPage(items, found.size() > limit ? items.getLast().id() : null);
    }
}
