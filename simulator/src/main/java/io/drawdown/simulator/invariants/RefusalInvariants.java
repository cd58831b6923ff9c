package io.drawdown.simulator.invariants;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.world.Findings;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what comes back is not refused. An owner that was asked and has not answered is not counted on. What took
 * longer than a wait of one second, or was decided while a clock stood still, is not looked at; nor is what was decided
 * soon after an ask, because what came back then may be another's by now, and no account is asked twice a second.
 */
final class RefusalInvariants {

    private static final long LONGEST = 1_300_000_000;

    /** An ask lasts a second; its write and the answer of who waited for it may each be slow. */
    private static final long JUST_NOW = 2_000_000_000;

    private static final long KEPT_MILLIS = 1_000;

    private final Findings findings;

    RefusalInvariants(Findings findings) {
        this.findings = findings;
    }

    /** A session that is told that there are no more credits. */
    void answered(AccountStates truth, Window window, Funding.Answer answer) {
        HoldView hold = answer.hold();
        AccountView view = answer.account();
        boolean isOver = answer.outcome() == Funding.Outcome.ENDING || answer.outcome() == Funding.Outcome.EXHAUSTED;
        if (isOver && hold != null && view != null) {
            refused(truth, view, hold.rate().price(), hold.sessionId(), window);
        }
    }

    /**
     * Something was refused for want of credits.
     *
     * @param own the session that needs them, if one does
     */
    void refused(AccountStates truth, AccountView view, Credits required, @Nullable String own, Window window) {
        long seq = view.seq();
        if (seq < 1 || seq > truth.entries()) {
            return;
        }
        Entry last = truth.entry(seq);
        if (window.answeredNanos() - window.askedNanos() > LONGEST
                || last.at().isAfter(window.answeredClock())
                || wasAskedJustNow(truth, seq, window)) {
            return;
        }
        Credits covered = view.available();
        for (String session : truth.sessions()) {
            Hold hold = truth.holdAt(session, seq).orElse(null);
            if (hold != null && !session.equals(own) && !isAsked(truth, hold, seq)) {
                covered = covered.plus(unspent(hold));
            }
        }
        Credits withThem = covered;
        findings.expect(
                withThem.compareTo(required) < 0,
                "nobody is refused, beyond one second, while the owners that answer hold enough that is not used",
                () -> truth.id() + " at " + seq + ": " + required + " is needed, " + view.available()
                        + " is available, with " + "what is held " + withThem);
    }

    /** By either time: the service counts by its clock, which may have stood still since. */
    private static boolean wasAskedJustNow(AccountStates truth, long seq, Window window) {
        for (long at = seq; at >= 1; at--) {
            Entry entry = truth.entry(at);
            if (window.answeredNanos() - truth.committedAt(at) >= JUST_NOW
                    && !entry.at().plusNanos(JUST_NOW).isAfter(window.answeredClock())) {
                return false;
            }
            if (entry.type() == EntryType.GIVE_BACK_ASKED) {
                return true;
            }
        }
        return false;
    }

    /** What is held beyond one second, or one increment if that is longer. */
    private static Credits unspent(Hold hold) {
        long kept = hold.usedMillis() + Math.max(KEPT_MILLIS, hold.rate().incrementMillis());
        return kept >= hold.fundedMillis()
                ? Credits.ZERO
                : hold.rate().priceOf(hold.fundedMillis()).minus(hold.rate().priceOf(kept));
    }

    /** Whether its owner was asked and had given nothing back since. */
    private static boolean isAsked(AccountStates truth, Hold hold, long seq) {
        for (long at = seq; at >= 1; at--) {
            Entry entry = truth.entry(at);
            Hold then = entry.hold();
            boolean isOfIt = then != null && then.id().equals(hold.id());
            if (entry.type() == EntryType.GIVE_BACK_ASKED && !isOfIt) {
                return true;
            }
            if (then != null
                    && isOfIt
                    && (then.epoch() != hold.epoch() || !then.cut().equals(hold.cut()))) {
                return false;
            }
        }
        return false;
    }
}
