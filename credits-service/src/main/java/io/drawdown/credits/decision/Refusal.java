package io.drawdown.credits.decision;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Why a command was refused.
 *
 * @param required what would have been needed, for {@link ProblemType#INSUFFICIENT_CREDITS}
 * @param account the money at that moment; absent without an account
 */
public record Refusal(
        ProblemType problem,
        String detail,
        @Nullable Credits required,
        @Nullable AccountView account) {

    public static Refusal of(ProblemType problem, AccountView account) {
        return new Refusal(problem, problem.title(), null, account);
    }

    public static Refusal withoutAccount(ProblemType problem) {
        return of(problem, problem.title());
    }

    /** A request that cannot be, whatever the account has. */
    public static Refusal of(ProblemType problem, String detail) {
        return new Refusal(problem, detail, null, null);
    }
}
