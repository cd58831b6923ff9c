package io.drawdown.credits.rules;

import io.drawdown.credits.decision.Command;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Keys;
import io.drawdown.credits.decision.Reply;

/**
 * A release that finds no hold. Its row, or that of the start key, is the reply for ever; where there is neither, the
 * start key is used up, so that a start that comes late locks nothing.
 */
final class Releases {

    private Releases() {}

    static Decision withoutHold(Draft draft, Command.Release command) {
        String startKey = command.startKey();
        if (startKey == null) {
            return StatusChanges.nothing(draft);
        }
        return Keys.repeated(draft, command.key())
                .or(() -> Keys.used(draft, startKey).map(use -> Keys.replayed(draft, use)))
                .orElseGet(() ->
                        draft.changed(new Reply.Posted(Cancellations.voided(draft, startKey, command.cause()), false)));
    }
}
