package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantPart;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Keys;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Posting;
import java.util.List;
import java.util.Optional;

/** One-off charges: either all of the amount is available, or nothing is taken. */
final class OneOffCharges {

    private OneOffCharges() {}

    static Decision<Posted> charge(Draft draft, Command.Charge command) {
        Optional<Decision<Posted>> repeated = Keys.repeated(draft, command.key());
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Optional<ProblemType> closedToWork = StatusChanges.refusesNewWork(draft);
        if (closedToWork.isPresent()) {
            return draft.refused(closedToWork.get());
        }
        Credits amount = command.priced().total();
        if (draft.balances().available().compareTo(amount) < 0) {
            return Shortage.waitOrRefuse(draft, amount);
        }
        List<GrantPart> taken = draft.take(draft.allocate(amount));
        Entry entry = draft.post(
                Posting.of(EntryType.CHARGED, "charge " + command.priced().tariffName())
                        .takes(taken)
                        .priced(command.priced())
                        .key(command.key()));
        return draft.changed(new Posted(entry, false));
    }
}
