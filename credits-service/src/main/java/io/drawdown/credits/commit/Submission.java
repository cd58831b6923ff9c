package io.drawdown.credits.commit;

import io.drawdown.credits.decision.Command;
import io.drawdown.credits.decision.Reply;
import io.smallrye.mutiny.Uni;

/** The door to the accounts, as {@link GroupCommit} keeps it. */
public interface Submission {

    /**
     * The answer to the command. Fails with {@link io.drawdown.kit.faults.Unavailable} if it did not happen and will not,
     * with {@link io.drawdown.kit.faults.OutcomeUnknown} if it may have or may still, with {@link AccountBusy} if too many
     * others changed the account. The same command may then be given again.
     */
    Uni<Reply> submit(Command command);
}
