package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.GrantPart;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Allocations;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.account.UsedSpan;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Posting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A hold settled to a cumulative total. The charge is price(total) − price(settled so far), so that repeated, reordered
 * and lost totals converge; nothing beyond what is funded is charged.
 *
 * @param hold right after it
 * @param taken what was paid, out of the hold's parts in burn order
 * @param used the stretch that was settled
 */
record Settlement(Hold hold, List<GrantPart> taken, UsedSpan used) {

    /** Settles the hold in the draft. A total that is not above what is settled already changes nothing. */
    static Settlement of(Draft draft, Hold hold, long totalMillis) {
        if (totalMillis > hold.fundedMillis()) {
            draft.notice(Anomaly.USAGE_BEYOND_FUNDED);
        }
        long used = Math.clamp(totalMillis, hold.usedMillis(), hold.fundedMillis());
        Credits charge = hold.rate().priceOf(used).minus(hold.charged());
        List<Allocation> due = Allocations.takeFrom(Allocations.inBurnOrder(hold.parts(), draft.grants()), charge);
        Hold settled = hold.withUsed(used, Allocations.minus(hold.parts(), due));
        draft.put(settled);
        return new Settlement(settled, draft.take(due), new UsedSpan(hold.usedMillis(), used));
    }

    /** Why a hold is settled and refilled. */
    enum Occasion {
        /** A report says what was used. Nobody waits for the answer. */
        CHECKPOINT("checkpoint"),
        /** The owner asks for more, and can wait a moment for it. */
        RENEWAL("renewal"),
        TAKEOVER("takeover");

        private final String cause;

        Occasion(String cause) {
            this.cause = cause;
        }

        /** A report that says nothing new of a hold whose owner gave all back. It asks for more by itself when it needs that. */
        private boolean leavesAlone(Hold hold, long totalMillis) {
            return this == CHECKPOINT
                    && hold.cut() > 0
                    && totalMillis <= hold.usedMillis()
                    && hold.parts().isEmpty();
        }

        /** Whether the hold leaves what is available to others, who wait for it. */
        private boolean yields(Draft draft) {
            return switch (this) {
                case CHECKPOINT -> Shortage.isAwaitedByOthers(draft);
                case RENEWAL -> draft.turn().mayWait() && Shortage.isAwaitedByOthers(draft);
                case TAKEOVER -> false;
            };
        }
    }

    /**
     * Settles, refills the hold if it needs credits and there are some, and answers how the session stands.
     *
     * @param hold the hold as stored, or as a takeover changes it; only the stored one tells what has to be written
     */
    static Decision<Funding.Answer> settleAndRefill(Draft draft, Hold hold, long totalMillis, Occasion occasion) {
        Hold stored = draft.hold(hold.id()).orElseThrow();
        Settlement settled = of(draft, hold, totalMillis);
        long wanted = wantedMillis(draft, settled.hold());
        boolean isActive = draft.status() == AccountStatus.ACTIVE;
        boolean yields = isActive && !isBroke(draft, hold) && occasion.yields(draft);
        boolean mayRefill = isActive && !yields && !occasion.leavesAlone(hold, totalMillis);
        Hold refilled = mayRefill ? refill(draft, settled.hold(), wanted) : settled.hold();
        boolean isWritten = !hasNothingToWrite(draft, stored, refilled);
        Hold after = isWritten ? awaited(draft, refilled) : stored;
        draft.put(after);
        if (isWritten) {
            draft.post(settled.posting(after, occasion.cause));
        }
        Outcome outcome =
                !isActive ? Outcome.SUSPENDED : yields ? Outcome.FUNDED : outcome(settled.hold(), refilled, wanted);
        Optional<Duration> lookAgain = occasion == Occasion.CHECKPOINT
                ? Optional.empty()
                : lookAgain(draft, after, yields && after.fundedMillis() < wanted, outcome);
        if (lookAgain.isPresent()) {
            return draft.waiting(lookAgain.get());
        }
        return isWritten
                ? draft.changed(new Funding.Answer(outcome, draft.view(), after.view(), null, null))
                : draft.unchanged(new Funding.Answer(outcome, draft.viewBefore(), stored.view(), null, null));
    }

    /** After which time an owner that needs more is answered; empty if it is answered now. */
    private static Optional<Duration> lookAgain(Draft draft, Hold hold, boolean hasYielded, Outcome outcome) {
        boolean isShort = outcome == Outcome.ENDING || outcome == Outcome.EXHAUSTED;
        if (isShort) {
            return Shortage.await(draft, hold.rate().price(), hold);
        }
        boolean needsItSoon = hold.fundedMillis() - hold.usedMillis()
                <= draft.limits().leastSlice().toMillis();
        return hasYielded && needsItSoon ? Optional.of(Shortage.LOOK_AGAIN) : Optional.empty();
    }

    private static boolean isBroke(Draft draft, Hold hold) {
        return draft.balances().available().compareTo(hold.rate().price()) < 0;
    }

    /** An overdue hold is written even if nothing else changes: its session was heard, so it is not raised again soon. */
    private static boolean hasNothingToWrite(Draft draft, Hold stored, Hold refilled) {
        return refilled.equals(stored) && refilled.overdueAt().isAfter(draft.now());
    }

    /** The entry of the settlement; {@code after} is the hold with whatever else happened to it. */
    Posting posting(Hold after, String cause) {
        Rate rate = hold.rate();
        long increments = Math.ceilDiv(used.toMillis(), rate.incrementMillis())
                - Math.ceilDiv(used.fromMillis(), rate.incrementMillis());
        return Posting.of(EntryType.SETTLED, cause)
                .takes(taken)
                .hold(after)
                .used(used)
                .priced(new Priced(rate.kind(), increments, rate.price()));
    }

    /** The hold with the time by which something must be heard of its session. */
    static Hold awaited(Draft draft, Hold hold) {
        return hold.withOverdueAt(
                draft.now().plusMillis(hold.fundedMillis() - hold.usedMillis()).plus(AccountLimits.OVERDUE_AFTER));
    }

    /**
     * The absolute target of a refill: used + slice, where the slice is this session's share of what there is. One share
     * stays free, so that another session can start beside those that are there.
     */
    private static long wantedMillis(Draft draft, Hold hold) {
        Rate rate = hold.rate();
        AccountLimits limits = draft.limits();
        Credits pool = draft.balances().available().plus(hold.reserved());
        long sharers = draft.holds().size() + 1L;
        long increments = pool.micros() / rate.price().micros() / sharers;
        long most = Math.ceilDiv(limits.greatestSlice().toMillis(), rate.incrementMillis());
        long slice = Math.clamp(
                Math.min(increments, most) * rate.incrementMillis(),
                limits.leastSlice().toMillis(),
                limits.greatestSlice().toMillis());
        return Math.ceilDiv(hold.usedMillis() + slice, rate.incrementMillis()) * rate.incrementMillis();
    }

    private static Hold refill(Draft draft, Hold hold, long wantedMillis) {
        Rate rate = hold.rate();
        long missing = Math.max(0, wantedMillis - hold.fundedMillis()) / rate.incrementMillis();
        long payable = draft.balances().available().micros() / rate.price().micros();
        long increments = Math.min(Math.min(missing, payable), chargeable(hold));
        if (increments == 0) {
            return hold;
        }
        List<Allocation> more = draft.allocate(rate.price().times(increments));
        long funded = hold.fundedMillis() + increments * rate.incrementMillis();
        return hold.withFunded(funded, Allocations.plus(hold.parts(), more));
    }

    /** How many increments the session can still be charged: the total of one session is an amount too. */
    private static long chargeable(Hold hold) {
        long left =
                Credits.MAX_MICROS - hold.rate().priceOf(hold.fundedMillis()).micros();
        return left / hold.rate().price().micros();
    }

    private static Outcome outcome(Hold settled, Hold refilled, long wantedMillis) {
        if (refilled.fundedMillis() > settled.fundedMillis() || settled.fundedMillis() >= wantedMillis) {
            return Outcome.FUNDED;
        }
        return settled.usedMillis() < settled.fundedMillis() ? Outcome.ENDING : Outcome.EXHAUSTED;
    }
}
