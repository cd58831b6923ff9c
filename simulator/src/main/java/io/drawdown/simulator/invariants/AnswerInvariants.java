package io.drawdown.simulator.invariants;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.Opened;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.SessionKeys;
import io.drawdown.credits.decision.StatusResult;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.world.Findings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that an answer of credits-service was true at some moment between the question and the answer. */
public final class AnswerInvariants {

    /** The epoch of a request to start: it is answered with the hold, whatever the epoch of that hold is. */
    public static final long NO_EPOCH = 0;

    private static final String TRUE = "an answer was true at some moment between request and answer";

    private final AccountInvariants accounts;
    private final Findings findings;
    private final RefusalInvariants refusals;
    private Insufficient insufficient = (account, required, view, window) -> {};

    public AnswerInvariants(AccountInvariants accounts, Findings findings) {
        this.accounts = accounts;
        this.findings = findings;
        this.refusals = new RefusalInvariants(findings);
    }

    /** Hears of every refusal for want of credits. */
    public interface Insufficient {
        void refused(String account, Credits required, AccountView view, Window window);
    }

    /** Registers a listener, which is told of every such refusal, true or not. */
    public void whenInsufficient(Insufficient listener) {
        insufficient = listener;
    }

    private void refused(String account, Window window, @Nullable Credits required, @Nullable AccountView view) {
        if (required != null && view != null) {
            insufficient.refused(account, required, view, window);
            refusals.refused(accounts.of(account), view, required, null, window);
        }
    }

    /** What a command asked for. */
    public record Asked(
            String account,
            String what,
            @Nullable Key key,
            @Nullable AccountStatus status,
            @Nullable String opening,
            Window window) {}

    /** The answer to a gateway. */
    public void check(Asked asked, Reply<?> reply) {
        boolean holds =
                switch (reply) {
                    case Reply.Refused<?>(Refusal refusal) -> isRefused(asked, refusal);
                    case Reply.Done<?>(Posted posted) -> isPosted(asked, posted);
                    case Reply.Done<?>(Opened opened) -> isOpenedSo(asked);
                    case Reply.Done<?>(StatusResult.Changed changed) ->
                        isPosted(asked, new Posted(changed.entry(), false));
                    case Reply.Done<?>(StatusResult.Unchanged unchanged) -> isUnchanged(asked, unchanged);
                    case Reply.Done<?> other -> false;
                };
        findings.expect(holds, TRUE, () -> asked + " was answered " + reply);
        if (reply instanceof Reply.Refused<?>(Refusal refusal)) {
            refused(asked.account(), asked.window(), refusal.required(), refusal.account());
        }
    }

    /** Whether the account was opened with the opening that was asked for. */
    private boolean isOpenedSo(Asked asked) {
        return accounts.of(asked.account())
                .latest()
                .filter(account -> account.opening().requestHash().equals(asked.opening()))
                .isPresent();
    }

    private boolean isPosted(Asked asked, Posted posted) {
        AccountStates truth = accounts.of(asked.account());
        Entry entry = posted.entry();
        boolean isThere = entry.seq() <= truth.entries()
                && truth.entry(entry.seq()).equals(entry)
                && truth.committedAt(entry.seq()) <= asked.window().answeredNanos();
        boolean isNew = posted.isReplay()
                || (isThere && truth.committedAt(entry.seq()) >= asked.window().askedNanos());
        return isThere && isNew && isMine(asked.key(), entry);
    }

    /** A cancellation is answered with what became of the key, whatever the request was. */
    private static boolean isMine(@Nullable Key key, Entry entry) {
        return key == null
                || (key.hash().equals(entry.keyHash())
                        && (key.isCancelled() || key.requestHash().equals(entry.requestHash())));
    }

    private boolean isUnchanged(Asked asked, StatusResult.Unchanged unchanged) {
        AccountStates truth = accounts.of(asked.account());
        AccountView view = unchanged.account();
        return truth.wasTrue(view, asked.window())
                && (asked.status() == null || truth.statusAt(view.seq()) == asked.status());
    }

    private boolean isRefused(Asked asked, Refusal refused) {
        AccountStates truth = accounts.of(asked.account());
        AccountView view = refused.account();
        if (view == null) {
            return switch (refused.problem()) {
                case ACCOUNT_NOT_FOUND -> truth.wasAbsent(asked.window());
                case UNKNOWN_METER,
                        UNKNOWN_PLAN,
                        INVALID_REQUEST,
                        INVALID_AMOUNT,
                        AMOUNT_OUT_OF_RANGE,
                        ACCOUNT_BACKLOGGED -> true;
                default -> false;
            };
        }
        return truth.wasTrue(view, asked.window()) && isReason(truth, asked, refused, view);
    }

    private boolean isReason(AccountStates truth, Asked asked, Refusal refused, AccountView view) {
        return switch (refused.problem()) {
            case ACCOUNT_IN_USE -> hasHolds(truth, view.seq());
            case IDEMPOTENCY_KEY_REUSED -> isReused(truth, asked);
            case OPERATION_CANCELLED -> isReused(truth, asked) && isVoid(truth, asked);
            case ACCOUNT_EXISTS -> asked.opening() != null && !isOpenedSo(asked);
            default -> isReason(truth, refused.problem(), refused.required(), view);
        };
    }

    private static boolean isReason(
            AccountStates truth, @Nullable ProblemType problem, @Nullable Credits required, AccountView view) {
        return problem != null
                && switch (problem) {
                    case INSUFFICIENT_CREDITS ->
                        required != null && view.available().compareTo(required) < 0;
                    case ACCOUNT_SUSPENDED -> truth.statusAt(view.seq()) == AccountStatus.SUSPENDED;
                    case ACCOUNT_CLOSED -> truth.statusAt(view.seq()) == AccountStatus.CLOSED;
                    case KIND_NOT_IN_PLAN -> truth.planAt(view.seq()).isPresent();
                    default -> true;
                };
    }

    private static boolean hasHolds(AccountStates truth, long seq) {
        for (String session : truth.sessions()) {
            if (truth.holdAt(session, seq).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReused(AccountStates truth, Asked asked) {
        Key key = asked.key();
        Long seq = key == null ? null : truth.seqOf(key.hash());
        return key != null
                && seq != null
                && truth.committedAt(seq) <= asked.window().answeredNanos()
                && !key.requestHash().equals(truth.entry(seq).requestHash());
    }

    private static boolean isVoid(AccountStates truth, Asked asked) {
        Long seq = asked.key() == null ? null : truth.seqOf(asked.key().hash());
        return seq != null && truth.entry(seq).type() == EntryType.VOIDED;
    }

    /**
     * An answer to the owner of a session.
     *
     * @param epoch which the owner stated, or {@link #NO_EPOCH}
     */
    public void check(String account, String session, long epoch, Window window, Funding.Answer answer) {
        findings.expect(
                isTrue(account, session, epoch, window, answer),
                TRUE,
                () -> session + " of " + account + " in epoch " + epoch + ", " + window + " was answered " + answer);
        refused(account, window, answer.creditsRequired(), answer.account());
        refusals.answered(accounts.of(account), window, answer);
    }

    private boolean isTrue(String account, String session, long epoch, Window window, Funding.Answer answer) {
        AccountStates truth = accounts.of(account);
        AccountView view = answer.account();
        switch (answer.outcome()) {
            case RELEASED -> {
                return isReleased(truth, session, window, answer) && !isFormer(epoch, answer.hold());
            }
            case STALE -> {
                if (isReleased(truth, session, window, answer)) {
                    return isFormer(epoch, answer.hold());
                }
            }
            case FUNDED, ENDING, EXHAUSTED, SUSPENDED, NO_HOLD, REFUSED, CANCELLED -> {}
        }
        if (view == null) {
            boolean isUnknownKind = answer.outcome() == Funding.Outcome.REFUSED;
            return isUnknownKind || truth.wasAbsent(window);
        }
        if (!truth.wasTrue(view, window)) {
            return false;
        }
        if (answer.problem() == ProblemType.IDEMPOTENCY_KEY_REUSED) {
            return answer.hold() == null && isStartUsed(truth, session, window);
        }
        Hold hold = truth.holdAt(session, view.seq()).orElse(null);
        return isHold(hold, answer.hold())
                && isOwner(hold, epoch, answer.outcome())
                && switch (answer.outcome()) {
                    case FUNDED -> hold != null;
                    case ENDING -> hold != null && hold.usedMillis() < hold.fundedMillis() && isBroke(hold, view);
                    case EXHAUSTED -> hold != null && hold.usedMillis() == hold.fundedMillis() && isBroke(hold, view);
                    case SUSPENDED -> truth.statusAt(view.seq()) != AccountStatus.ACTIVE;
                    case NO_HOLD, CANCELLED -> hold == null;
                    case RELEASED -> false;
                    case STALE -> hold != null && hold.epoch() != epoch;
                    case REFUSED -> isReason(truth, answer.problem(), answer.creditsRequired(), view);
                };
    }

    /** Whether another request used the start key. Its hold is not told. */
    private static boolean isStartUsed(AccountStates truth, String session, Window window) {
        Long seq = truth.seqOf(SessionKeys.start(truth.id(), session));
        return seq != null && truth.committedAt(seq) <= window.answeredNanos();
    }

    /** Whether the answer is the row of the release, or the row that used up the start key, whenever it was written. */
    private static boolean isReleased(AccountStates truth, String session, Window window, Funding.Answer answer) {
        AccountView view = answer.account();
        if (view == null || view.seq() > truth.entries() || truth.committedAt(view.seq()) > window.answeredNanos()) {
            return false;
        }
        Entry row = truth.entry(view.seq());
        Hold last = row.hold();
        boolean isRow = last == null
                ? row.type() == EntryType.VOIDED && answer.hold() == null
                : row.type() == EntryType.RELEASED
                        && last.id().equals(session)
                        && last.view().equals(answer.hold());
        return isRow && row.view().equals(view);
    }

    private static boolean isFormer(long epoch, @Nullable HoldView last) {
        return last != null && epoch < last.epoch();
    }

    /** Only the owner of the hold is funded. */
    private static boolean isOwner(@Nullable Hold hold, long epoch, Funding.Outcome outcome) {
        return switch (outcome) {
            case FUNDED, ENDING, EXHAUSTED, SUSPENDED -> epoch == NO_EPOCH || (hold != null && hold.epoch() == epoch);
            case NO_HOLD, STALE, REFUSED, CANCELLED, RELEASED -> true;
        };
    }

    private static boolean isHold(@Nullable Hold hold, @Nullable HoldView said) {
        return hold == null ? said == null : hold.view().equals(said);
    }

    private static boolean isBroke(Hold hold, AccountView view) {
        return view.available().compareTo(hold.rate().price()) < 0;
    }

    public void check(String account, Window window, AccountSummary summary) {
        AccountStates truth = accounts.of(account);
        findings.expect(
                truth.stood(summary.account(), window) && truth.wasTrue(summary.view(), window),
                TRUE,
                () -> account + " was shown as " + summary);
    }

    /** A page of the ledger, newest first, from the newest on. */
    public void check(String account, Window window, List<Entry> page) {
        AccountStates truth = accounts.of(account);
        boolean holds = !page.isEmpty() && truth.wasLatest(page.getFirst().seq(), window);
        for (int i = 0; holds && i < page.size(); i++) {
            long seq = page.getFirst().seq() - i;
            holds = truth.entry(seq).equals(page.get(i));
        }
        findings.expect(holds, TRUE, () -> "the ledger of " + account + " was shown as " + page);
    }
}
