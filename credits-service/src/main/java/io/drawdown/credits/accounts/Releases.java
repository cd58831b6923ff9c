package io.drawdown.credits.accounts;

import io.drawdown.contracts.EntryType;
import java.util.Optional;

/**
 * A release that finds no hold. Its row, or that of the start key, is the reply for ever; where there is neither, the
 * start key is used up, so that a start that comes late locks nothing.
 */
final class Releases {

    private Releases() {}

    static Decision withoutHold(Draft draft, Command.Release command) {
        String startKey = command.startKey();
        if (startKey == null) {
            return Statuses.nothing(draft);
        }
        Optional<Decision> released = Keys.repeated(draft, command.key());
        return released.or(() -> Keys.known(draft, startKey)).orElseGet(() -> cancelStart(draft, command, startKey));
    }

    private static Decision cancelStart(Draft draft, Command.Release command, String startKey) {
        Key key = Key.cancelled(startKey);
        Entry entry = draft.post(Posting.of(EntryType.VOIDED, command.cause()).key(key));
        draft.remember(key, entry);
        return draft.changed(new Reply.Posted(entry, false));
    }
}
