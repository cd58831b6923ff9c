package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Keys;
import io.drawdown.credits.decision.Posting;
import java.util.List;
import java.util.Optional;

/**
 * The life of a session's hold: it is started once, settled and refilled by totals, taken over with a higher epoch, and
 * released with the final total ({@link HoldReleases}). It never ends by the clock. Once released it never comes back.
 */
final class Holds {

    private Holds() {}

    static Decision<Funding.Answer> start(Draft draft, Command.StartHold command) {
        Optional<Hold> present = draft.hold(command.sessionId());
        if (present.isPresent()) {
            boolean isSame = present.get().rate().kind().equals(command.rate().kind());
            return isSame ? answer(draft, Outcome.FUNDED, present) : draft.refused(ProblemType.IDEMPOTENCY_KEY_REUSED);
        }
        if (Keys.used(draft, command.key().hash()).isPresent()) {
            return answer(draft, Outcome.NO_HOLD, Optional.empty());
        }
        if (draft.holds().size() >= draft.limits().holds()) {
            return draft.refused(ProblemType.TOO_MANY_HOLDS);
        }
        if (ofKind(draft, command.rate().kind()) >= command.bounds().sessions()) {
            return draft.refused(ProblemType.TOO_MANY_SESSIONS);
        }
        Optional<ProblemType> closedToWork = StatusChanges.refusesNewWork(draft);
        if (closedToWork.isPresent()) {
            return draft.refused(closedToWork.get());
        }
        if (!command.bounds().includedIn(draft.plan())) {
            return draft.refused(ProblemType.KIND_NOT_IN_PLAN);
        }
        Rate rate = command.rate();
        long wanted = Math.ceilDiv(draft.limits().firstSlice().toMillis(), rate.incrementMillis());
        long increments = Math.min(
                wanted, draft.balances().available().micros() / rate.price().micros());
        if (increments < 1) {
            return Shortage.waitOrRefuse(draft, rate.price());
        }
        return started(draft, command, increments);
    }

    private static long ofKind(Draft draft, String kind) {
        return draft.holds().stream()
                .filter(hold -> hold.rate().kind().equals(kind))
                .count();
    }

    private static Decision<Funding.Answer> started(Draft draft, Command.StartHold command, long increments) {
        Rate rate = command.rate();
        List<Allocation> parts = draft.allocate(rate.price().times(increments));
        long funded = increments * rate.incrementMillis();
        Hold fresh = new Hold(command.sessionId(), 1, parts, rate, 0, funded, Credits.ZERO, draft.now(), 0L);
        Hold hold = Settlement.awaited(draft, fresh);
        draft.put(hold);
        Entry entry = draft.post(
                Posting.of(EntryType.HELD, "start " + rate.kind()).hold(hold).key(command.key()));
        return draft.changed(new Funding.Answer(Outcome.FUNDED, entry.view(), hold.view(), null, null));
    }

    /** Makes sure that a start that did not happen never will; answers what became of one that did. */
    static Decision<Funding.Answer> cancelStart(Draft draft, Command.CancelStart command) {
        Optional<Hold> present = draft.hold(command.sessionId());
        if (present.isPresent()) {
            return answer(draft, Outcome.FUNDED, present);
        }
        Optional<Entry> used = Keys.used(draft, command.key().hash());
        if (used.isPresent()) {
            return answer(draft, used.get().isCancellation() ? Outcome.CANCELLED : Outcome.NO_HOLD, Optional.empty());
        }
        if (Backlog.refusesNewWork(draft)) {
            return draft.refused(ProblemType.ACCOUNT_BACKLOGGED);
        }
        Entry entry = Cancellations.voided(draft, command.key().hash(), "start given up");
        return draft.changed(new Funding.Answer(Outcome.CANCELLED, entry.view(), null, null, null));
    }

    static Decision<Funding.Answer> settle(Draft draft, Command.Settle command) {
        Optional<Hold> present = draft.hold(command.sessionId());
        if (present.isEmpty()) {
            return answer(draft, Outcome.NO_HOLD, present);
        }
        Hold hold = present.get();
        if (command.epoch() != hold.epoch()) {
            if (command.epoch() > hold.epoch()) {
                draft.notice(Anomaly.FUTURE_EPOCH);
            }
            return answer(draft, Outcome.STALE, present);
        }
        return Settlement.settleAndRefill(
                draft,
                hold,
                command.usedMillis(),
                command.isRenewal() ? Settlement.Occasion.RENEWAL : Settlement.Occasion.CHECKPOINT);
    }

    static Decision<Funding.Answer> takeover(Draft draft, Command.Takeover command) {
        Optional<Hold> present = draft.hold(command.sessionId());
        if (present.isEmpty()) {
            return answer(draft, Outcome.NO_HOLD, present);
        }
        Hold hold = present.get();
        if (command.epoch() < hold.epoch()) {
            return answer(draft, Outcome.STALE, present);
        }
        boolean isProof = command.epoch() > hold.epoch() && command.proofEpoch() == hold.epoch();
        long used = isProof ? command.proofUsedMillis() : hold.usedMillis();
        return Settlement.settleAndRefill(draft, hold.withEpoch(command.epoch()), used, Settlement.Occasion.TAKEOVER);
    }

    /** Raises overdue holds, again and again until something is heard of their sessions. */
    static void raiseOverdue(Draft draft) {
        for (Hold hold : draft.holds()) {
            if (!hold.overdueAt().isAfter(draft.now()) && !Backlog.refusesNewWork(draft)) {
                Hold raised = hold.withOverdueAt(draft.now().plus(AccountLimits.OVERDUE_AGAIN));
                draft.put(raised);
                draft.post(Posting.of(EntryType.OVERDUE, "nothing heard").hold(raised));
            }
        }
    }

    static Decision<Funding.Answer> answer(Draft draft, Outcome outcome, Optional<Hold> hold) {
        return draft.unchanged(new Funding.Answer(
                outcome, draft.viewBefore(), hold.map(Hold::view).orElse(null), null, null));
    }
}
