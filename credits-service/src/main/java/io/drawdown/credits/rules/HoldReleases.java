package io.drawdown.credits.rules;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.HoldView;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Expiry;
import io.drawdown.credits.decision.Keys;
import io.drawdown.credits.decision.Posting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a session's hold. Its row is the reply for ever. A release that finds no hold answers by that row, or by the
 * row of the start key; where there is neither, the start key is used up, so that a start that comes late locks nothing.
 */
final class HoldReleases {

    private HoldReleases() {}

    static Decision<Funding.Answer> release(Draft draft, Command.Release command) {
        Optional<Hold> present = draft.hold(command.sessionId());
        if (present.isEmpty()) {
            return withoutHold(draft, command);
        }
        if (command.epoch() < present.get().epoch()) {
            return Holds.answer(draft, Outcome.STALE, present);
        }
        Settlement settled = Settlement.of(draft, present.get(), command.usedMillis());
        if (!settled.taken().isEmpty()) {
            draft.post(settled.posting(settled.hold(), command.cause()));
        }
        draft.remove(settled.hold());
        Entry row = draft.post(Posting.of(EntryType.RELEASED, command.cause())
                .hold(settled.hold())
                .key(command.key()));
        Expiry.collect(draft);
        return draft.changed(answer(command, row));
    }

    private static Decision<Funding.Answer> withoutHold(Draft draft, Command.Release command) {
        String startKey = command.startKey();
        if (startKey == null) {
            return Holds.answer(draft, Outcome.NO_HOLD, Optional.empty());
        }
        return Keys.repeated(draft, command.key(), row -> answer(command, row))
                .or(() -> Keys.used(draft, startKey).map(row -> draft.unchanged(answer(command, row))))
                .orElseGet(
                        () -> draft.changed(answer(command, Cancellations.voided(draft, startKey, command.cause()))));
    }

    /** The keys to look up. None if the account has the hold, which is then not released yet, and none for an event. */
    static List<String> keys(Account account, Command.Release command) {
        String startKey = command.startKey();
        return startKey == null || account.hold(command.sessionId()).isPresent()
                ? List.of()
                : List.of(command.key().hash(), startKey);
    }

    /** What the row of the session's release, or of its start key, says to whoever asks for the release. */
    private static Funding.Answer answer(Command.Release command, Entry row) {
        HoldView hold = row.hold() == null ? null : row.hold().view();
        boolean isStale = hold != null && command.epoch() < hold.epoch();
        return switch (row.type()) {
            case RELEASED -> answer(isStale ? Outcome.STALE : Outcome.RELEASED, row.view(), hold);
            case VOIDED -> answer(Outcome.RELEASED, row.view(), null);
            // Released before rows of releases carried their key.
            case HELD -> answer(Outcome.NO_HOLD, null, null);
            default -> throw new IllegalStateException("not the row of a session's key: " + row);
        };
    }

    private static Funding.Answer answer(Outcome outcome, @Nullable AccountView account, @Nullable HoldView hold) {
        return new Funding.Answer(outcome, account, hold, null, null);
    }
}
