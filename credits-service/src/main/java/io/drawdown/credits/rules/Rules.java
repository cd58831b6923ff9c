package io.drawdown.credits.rules;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.decision.Command;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Expiry;
import io.drawdown.credits.decision.Reply;
import org.jspecify.annotations.Nullable;

/**
 * All that may happen to an account, as a pure function. A decision that is not {@link Decision.Changed} leaves no trace,
 * not even of the time that passed.
 */
public final class Rules {

    private Rules() {}

    public static Decision decide(@Nullable Account account, Command command, DecisionContext context) {
        if (command instanceof Command.Open open) {
            return open(account, open, context);
        }
        if (account == null) {
            return Decision.unchanged(Reply.Refused.of(ProblemType.ACCOUNT_NOT_FOUND, null));
        }
        Draft draft = new Draft(account, context);
        if (Backlog.refuses(command, account, context.limits())) {
            return draft.refused(ProblemType.ACCOUNT_BACKLOGGED);
        }
        Expiry.advance(draft);
        return on(draft, command);
    }

    private static Decision open(@Nullable Account account, Command.Open open, DecisionContext context) {
        if (account == null) {
            return Grants.open(open, context);
        }
        return Decision.unchanged(
                account.openingHash().equals(open.openingHash())
                        ? new Reply.Opened(account, false)
                        : Reply.Refused.of(ProblemType.ACCOUNT_EXISTS, account.view(context.now())));
    }

    private static Decision on(Draft draft, Command command) {
        return switch (command) {
            case Command.Open open -> throw new IllegalStateException("decided before");
            case Command.AddGrant grant -> Grants.add(draft, grant);
            case Command.Charge charge -> Charges.charge(draft, charge);
            case Command.StartHold start -> Holds.start(draft, start);
            case Command.Settle settle -> Holds.settle(draft, settle);
            case Command.Release release -> Holds.release(draft, release);
            case Command.Takeover takeover -> Holds.takeover(draft, takeover);
            case Command.Cancel cancel -> Cancellations.cancel(draft, cancel);
            case Command.CancelStart cancel -> Holds.cancelStart(draft, cancel);
            case Command.Suspend suspend -> StatusChanges.suspend(draft, suspend);
            case Command.Reinstate reinstate -> StatusChanges.reinstate(draft);
            case Command.Close close -> StatusChanges.close(draft);
            case Command.Tick tick -> tick(draft);
        };
    }

    private static Decision tick(Draft draft) {
        Holds.raiseOverdue(draft);
        return draft.isChanged() ? draft.changed(new Reply.Nothing(draft.view())) : StatusChanges.nothing(draft);
    }
}
