package io.drawdown.credits.rules;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Posting;
import io.drawdown.credits.decision.StatusResult;
import java.util.Objects;
import java.util.Optional;

/** Suspends, reinstates and closes accounts, and changes their plans. The same again changes nothing. */
final class StatusChanges {

    private StatusChanges() {}

    /** Why the account takes no new work; empty if it takes some. */
    static Optional<ProblemType> refusesNewWork(Draft draft) {
        return switch (draft.status()) {
            case CLOSED -> Optional.of(ProblemType.ACCOUNT_CLOSED);
            case SUSPENDED -> Optional.of(ProblemType.ACCOUNT_SUSPENDED);
            case ACTIVE ->
                Backlog.refusesNewWork(draft) ? Optional.of(ProblemType.ACCOUNT_BACKLOGGED) : Optional.empty();
        };
    }

    static Decision<StatusResult> suspend(Draft draft, Command.Suspend command) {
        return switch (draft.status()) {
            case CLOSED -> draft.refused(ProblemType.ACCOUNT_CLOSED);
            case SUSPENDED -> unchanged(draft);
            case ACTIVE -> become(draft, AccountStatus.SUSPENDED, Posting.of(EntryType.SUSPENDED, command.cause()));
        };
    }

    static Decision<StatusResult> reinstate(Draft draft) {
        return switch (draft.status()) {
            case CLOSED -> draft.refused(ProblemType.ACCOUNT_CLOSED);
            case SUSPENDED -> become(draft, AccountStatus.ACTIVE, Posting.of(EntryType.REINSTATED, "reinstatement"));
            case ACTIVE -> unchanged(draft);
        };
    }

    static Decision<StatusResult> close(Draft draft) {
        if (draft.status() == AccountStatus.CLOSED) {
            return unchanged(draft);
        }
        if (!draft.holds().isEmpty()) {
            return draft.refused(ProblemType.ACCOUNT_IN_USE);
        }
        return become(draft, AccountStatus.CLOSED, Posting.of(EntryType.CLOSED, "close"));
    }

    /** What runs goes on, whatever its kind. */
    static Decision<StatusResult> changePlan(Draft draft, Command.ChangePlan command) {
        if (draft.status() == AccountStatus.CLOSED) {
            return draft.refused(ProblemType.ACCOUNT_CLOSED);
        }
        if (Objects.equals(draft.plan(), command.plan())) {
            return unchanged(draft);
        }
        draft.changePlan(command.plan());
        String cause = command.plan() == null ? "no plan" : "plan " + command.plan();
        return draft.changed(new StatusResult.Changed(
                draft.post(Posting.of(EntryType.PLAN_CHANGED, cause).plan(command.plan()))));
    }

    private static Decision<StatusResult> unchanged(Draft draft) {
        return draft.unchanged(new StatusResult.Unchanged(draft.viewBefore()));
    }

    private static Decision<StatusResult> become(Draft draft, AccountStatus status, Posting posting) {
        draft.changeStatus(status);
        return draft.changed(new StatusResult.Changed(draft.post(posting)));
    }
}
