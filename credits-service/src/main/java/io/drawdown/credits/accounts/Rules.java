package io.drawdown.credits.accounts;

import io.drawdown.contracts.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * All that may happen to an account, as a pure function. A decision that is not {@link Decision.Changed} leaves no trace,
 * not even of the time that passed.
 */
final class Rules {

    private Rules() {}

    static Decision decide(@Nullable Account account, Command command, Circumstances circumstances) {
        if (command instanceof Command.Open open) {
            return open(account, open, circumstances);
        }
        if (account == null) {
            return Decision.unchanged(Reply.Refused.of(ProblemType.ACCOUNT_NOT_FOUND, null));
        }
        Draft draft = new Draft(account, circumstances);
        if (Backlog.refuses(command, account, circumstances.terms())) {
            return draft.refused(ProblemType.ACCOUNT_BACKLOGGED);
        }
        Expiry.advance(draft);
        return on(draft, command);
    }

    private static Decision open(@Nullable Account account, Command.Open open, Circumstances circumstances) {
        if (account == null) {
            return Grants.open(open, circumstances);
        }
        return Decision.unchanged(
                account.openingHash().equals(open.openingHash())
                        ? new Reply.Opened(account, false)
                        : Reply.Refused.of(ProblemType.ACCOUNT_EXISTS, account.view(circumstances.now())));
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
            case Command.Suspend suspend -> Statuses.suspend(draft, suspend);
            case Command.Reinstate reinstate -> Statuses.reinstate(draft);
            case Command.Close close -> Statuses.close(draft);
            case Command.Tick tick -> tick(draft);
        };
    }

    private static Decision tick(Draft draft) {
        Holds.raiseOverdue(draft);
        return draft.isChanged() ? draft.changed(new Reply.Nothing(draft.view())) : Statuses.nothing(draft);
    }
}
