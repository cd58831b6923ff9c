package io.drawdown.credits.rules;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.Command;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Posting;
import io.drawdown.credits.decision.Reply;
import java.util.Optional;

/** Suspension, its lifting, the close; each again changes nothing. */
final class StatusChanges {

    private StatusChanges() {}

    /** Why nothing new may begin, if so. */
    static Optional<ProblemType> refusesNewWork(Draft draft) {
        return switch (draft.status()) {
            case CLOSED -> Optional.of(ProblemType.ACCOUNT_CLOSED);
            case SUSPENDED -> Optional.of(ProblemType.ACCOUNT_SUSPENDED);
            case ACTIVE ->
                Backlog.refusesNewWork(draft) ? Optional.of(ProblemType.ACCOUNT_BACKLOGGED) : Optional.empty();
        };
    }

    static Decision suspend(Draft draft, Command.Suspend command) {
        return switch (draft.status()) {
            case CLOSED -> draft.refused(ProblemType.ACCOUNT_CLOSED);
            case SUSPENDED -> nothing(draft);
            case ACTIVE -> become(draft, AccountStatus.SUSPENDED, Posting.of(EntryType.SUSPENDED, command.cause()));
        };
    }

    static Decision reinstate(Draft draft) {
        return switch (draft.status()) {
            case CLOSED -> draft.refused(ProblemType.ACCOUNT_CLOSED);
            case SUSPENDED -> become(draft, AccountStatus.ACTIVE, Posting.of(EntryType.REINSTATED, "reinstatement"));
            case ACTIVE -> nothing(draft);
        };
    }

    static Decision close(Draft draft) {
        if (draft.status() == AccountStatus.CLOSED) {
            return nothing(draft);
        }
        if (!draft.holds().isEmpty()) {
            return draft.refused(ProblemType.ACCOUNT_IN_USE);
        }
        return become(draft, AccountStatus.CLOSED, Posting.of(EntryType.CLOSED, "close"));
    }

    static Decision nothing(Draft draft) {
        return draft.unchanged(new Reply.Nothing(draft.viewBefore()));
    }

    private static Decision become(Draft draft, AccountStatus status, Posting posting) {
        draft.become(status);
        Entry entry = draft.post(posting);
        return draft.changed(new Reply.Posted(entry, false));
    }
}
