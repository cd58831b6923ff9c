package io.drawdown.credits.decision;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import org.jspecify.annotations.Nullable;

/** What an account answers; true at some moment between the request and the answer. */
public sealed interface Reply {

    /**
     * It is in the ledger, or on its way there.
     *
     * @param isReplay whether it was there before this request
     */
    record Posted(Entry entry, boolean isReplay) implements Reply {}

    /** @param isNew false if it was open before, with the same opening */
    record Opened(Account account, boolean isNew) implements Reply {}

    /** The answer to whoever owns a session; never {@link Funding.Outcome#REFUSED}. */
    record Funded(Funding.Answer answer) implements Reply {}

    /** There was nothing to do. */
    record Nothing(AccountView account) implements Reply {}

    /**
     * Nothing was changed and nothing will be remembered.
     *
     * @param required what would have been needed, for {@link ProblemType#INSUFFICIENT_CREDITS}
     * @param account the money at that moment; absent without an account
     */
    record Refused(
            ProblemType problem,
            String detail,
            @Nullable Credits required,
            @Nullable AccountView account) implements Reply {

        public static Refused of(ProblemType problem, @Nullable AccountView account) {
            return new Refused(problem, problem.title(), null, account);
        }
    }
}
