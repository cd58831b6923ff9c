package io.drawdown.credits.rules;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Expiry;
import io.drawdown.credits.decision.KindBounds;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Opened;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.StatusResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that can be asked of an account, each with the rule that decides it. A decision is a pure function of the document.
 * One that is not {@link Decision.Changed} leaves no trace, not even of the time that passed. Every command can be repeated
 * without a second effect: by its key, by the state that it leads to, or because it states a total.
 *
 * @param <R> what the command asks for
 */
public sealed interface Command<R> {

    String accountId();

    /**
     * Decides the command.
     *
     * @param account the document as it was read; absent if there is none
     */
    Decision<R> decide(@Nullable Account account, DecisionContext context);

    /** The hashes of the keys by which the command may have been carried out before; the ledger is asked for them. */
    default List<String> keys(Account account) {
        return List.of();
    }

    /** Whether credits may be available after it that were not before: it is decided before those that wait for credits. */
    default boolean bringsCredits() {
        return false;
    }

    /** Opens the account; the same opening again changes nothing. */
    record Open(String accountId, List<NewGrant> grants, String openingHash) implements Command<Opened> {
        public Open {
            grants = List.copyOf(grants);
        }

        @Override
        public Decision<Opened> decide(@Nullable Account account, DecisionContext context) {
            return Grants.open(account, this, context);
        }
    }

    /** What can be asked only of an account that is there. */
    sealed interface OfAccount<R> extends Command<R> {

        /** Decides the command on a draft in which time has had its effect. */
        Decision<R> decide(Draft draft);

        @Override
        default Decision<R> decide(@Nullable Account account, DecisionContext context) {
            if (account == null) {
                return Decision.refused(Refusal.withoutAccount(ProblemType.ACCOUNT_NOT_FOUND));
            }
            Draft draft = new Draft(account, context);
            if (Backlog.refuses(this, account, context.limits())) {
                return draft.refused(ProblemType.ACCOUNT_BACKLOGGED);
            }
            Expiry.advance(draft);
            draft.beginCommand();
            return decide(draft);
        }
    }

    /** What a key makes happen once, for ever. */
    sealed interface Keyed<R> extends OfAccount<R> {

        Key key();

        @Override
        default List<String> keys(Account account) {
            return List.of(key().hash());
        }
    }

    /** @param cause for people */
    record AddGrant(String accountId, NewGrant grant, Key key, String cause) implements Keyed<Posted> {

        /** For no reason in particular. */
        public AddGrant(String accountId, NewGrant grant, Key key) {
            this(accountId, grant, key, "grant");
        }

        @Override
        public Decision<Posted> decide(Draft draft) {
            return Grants.add(draft, this);
        }

        @Override
        public boolean bringsCredits() {
            return true;
        }
    }

    /** A one-off charge. */
    record Charge(String accountId, Priced priced, Key key) implements Keyed<Posted> {
        @Override
        public Decision<Posted> decide(Draft draft) {
            return OneOffCharges.charge(draft, this);
        }
    }

    /**
     * Reserves the first slice of a session.
     *
     * @param bounds of its kind
     */
    record StartHold(String accountId, String sessionId, Rate rate, KindBounds bounds, Key key)
            implements Keyed<Funding.Answer> {

        public StartHold(String accountId, String sessionId, Rate rate, Key key) {
            this(accountId, sessionId, rate, KindBounds.NONE, key);
        }

        @Override
        public Decision<Funding.Answer> decide(Draft draft) {
            return Holds.start(draft, this);
        }
    }

    /**
     * "This session has used so much in all": settles to the total and refills.
     *
     * @param isRenewal whether its owner asks and waits; otherwise a report says it
     */
    record Settle(String accountId, String sessionId, long epoch, long usedMillis, boolean isRenewal)
            implements OfAccount<Funding.Answer> {
        @Override
        public Decision<Funding.Answer> decide(Draft draft) {
            return Holds.settle(draft, this);
        }
    }

    /** Settles, and gives back what is funded beyond {@code fundedMillis}; only at the cut before this one. */
    record GiveBack(String accountId, String sessionId, Funding.GiveBack given) implements OfAccount<Funding.Answer> {
        @Override
        public Decision<Funding.Answer> decide(Draft draft) {
            return GiveBacks.giveBack(draft, this);
        }

        @Override
        public boolean bringsCredits() {
            return true;
        }
    }

    /**
     * Settles to the final total, unless it is of a lower epoch than the hold's, and gives back the rest.
     *
     * @param startKey the hash of the key of the session's start. If the account has no hold of the session, this key is
     *     used up, so that a late start holds nothing. Absent for an event: then a missing hold changes nothing
     */
    record Release(
            String accountId,
            String sessionId,
            long epoch,
            long usedMillis,
            String cause,
            Key key,
            @Nullable String startKey)
            implements Keyed<Funding.Answer> {
        @Override
        public Decision<Funding.Answer> decide(Draft draft) {
            return HoldReleases.release(draft, this);
        }

        @Override
        public boolean bringsCredits() {
            return true;
        }

        @Override
        public List<String> keys(Account account) {
            return HoldReleases.keys(account, this);
        }
    }

    /** Settles to the proof if it is of the hold's epoch, raises the epoch, refills. */
    record Takeover(String accountId, String sessionId, long epoch, long proofEpoch, long proofUsedMillis)
            implements OfAccount<Funding.Answer> {
        @Override
        public Decision<Funding.Answer> decide(Draft draft) {
            return Holds.takeover(draft, this);
        }
    }

    /** Cancels the operation with this key if it has not happened; otherwise answers its result. */
    record Cancel(String accountId, Key key) implements Keyed<Posted> {
        @Override
        public Decision<Posted> decide(Draft draft) {
            return Cancellations.cancel(draft, this);
        }
    }

    /** Cancels the start of a session in the same way. */
    record CancelStart(String accountId, String sessionId, Key key) implements Keyed<Funding.Answer> {
        @Override
        public Decision<Funding.Answer> decide(Draft draft) {
            return Holds.cancelStart(draft, this);
        }
    }

    record Suspend(String accountId, String cause) implements OfAccount<StatusResult> {
        @Override
        public Decision<StatusResult> decide(Draft draft) {
            return StatusChanges.suspend(draft, this);
        }
    }

    record Reinstate(String accountId) implements OfAccount<StatusResult> {
        @Override
        public Decision<StatusResult> decide(Draft draft) {
            return StatusChanges.reinstate(draft);
        }
    }

    /** @param plan null: none any more */
    record ChangePlan(String accountId, @Nullable String plan) implements OfAccount<StatusResult> {
        @Override
        public Decision<StatusResult> decide(Draft draft) {
            return StatusChanges.changePlan(draft, this);
        }
    }

    record Close(String accountId) implements OfAccount<StatusResult> {
        @Override
        public Decision<StatusResult> decide(Draft draft) {
            return StatusChanges.close(draft);
        }
    }

    /** Lets time have its effect: expiry, grants that become effective, overdue holds. Answers the money after it. */
    record Tick(String accountId) implements OfAccount<AccountView> {
        @Override
        public Decision<AccountView> decide(Draft draft) {
            Holds.raiseOverdue(draft);
            return draft.isChanged() ? draft.changed(draft.view()) : draft.unchanged(draft.viewBefore());
        }
    }
}
