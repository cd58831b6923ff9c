package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Allocations;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Expiry;
import java.util.List;
import java.util.Optional;

/**
 * What an owner gives back of its slice. It has stopped serving beyond its new limit before it asks, and obeys no older
 * funding from then on. So whatever arrives late or twice, nothing that came back is served: the hold's {@code cut} says
 * which give-back it has seen, and only the next one changes it.
 */
final class GiveBacks {

    private GiveBacks() {}

    static Decision<Funding.Answer> giveBack(Draft draft, Command.GiveBack command) {
        Funding.GiveBack given = command.given();
        Optional<Hold> present = draft.hold(command.sessionId());
        if (present.isEmpty()) {
            return Holds.answer(draft, Outcome.NO_HOLD, present);
        }
        Hold hold = present.get();
        if (given.epoch() > hold.epoch() || (given.epoch() == hold.epoch() && given.cut() > hold.cut() + 1)) {
            draft.notice(Anomaly.FUTURE_EPOCH);
        }
        if (given.epoch() != hold.epoch()) {
            return Holds.answer(draft, Outcome.STALE, present);
        }
        if (given.cut() != hold.cut() + 1) {
            return Holds.answer(draft, Outcome.FUNDED, present);
        }
        Settlement settled = Settlement.of(draft, hold, given.usedMillis());
        Hold after = Settlement.awaited(draft, lowered(draft, settled.hold(), given.fundedMillis()));
        draft.put(after);
        draft.post(settled.posting(after, "give-back"));
        Expiry.collect(draft);
        return draft.changed(new Funding.Answer(Outcome.FUNDED, draft.view(), after.view(), null, null));
    }

    /** Keeps what burns first. */
    private static Hold lowered(Draft draft, Hold hold, long fundedMillis) {
        Rate rate = hold.rate();
        long asked = Math.ceilDiv(Math.max(fundedMillis, hold.usedMillis()), rate.incrementMillis());
        long funded = Math.min(asked * rate.incrementMillis(), hold.fundedMillis());
        Credits kept = rate.priceOf(funded).minus(rate.priceOf(hold.usedMillis()));
        List<Allocation> left = Allocations.takeFrom(Allocations.inBurnOrder(hold.parts(), draft.grants()), kept);
        return hold.cutTo(funded, left);
    }
}
