package io.drawdown.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Opened;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.StatusResult;
import io.drawdown.credits.grants.InternalGrants;
import io.drawdown.credits.rules.Command;
import io.drawdown.credits.sessions.SessionFunding;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What changes accounts. Refusals are values; faults fail the Uni, as {@link GroupCommit#submit} says. */
public final class AccountCommands {

    private final GroupCommit commits;
    private final Tariff tariff;
    private final RequestContext request;

    AccountCommands(GroupCommit commits, Tariff tariff, RequestContext request) {
        this.commits = commits;
        this.tariff = tariff;
        this.request = request;
    }

    /** Opens an account. Refused if another one has the id, or for a grant that cannot be. */
    public Uni<Reply<Opened>> open(String accountId, List<NewGrant> grants, String openingHash) {
        return submit(new Command.Open(accountId, grants, openingHash));
    }

    /** Gives credits. */
    public Uni<Reply<Posted>> grant(String accountId, NewGrant grant, Key key) {
        return submit(new Command.AddGrant(accountId, grant, key));
    }

    /** Charges by the price list; a refusal says what is required if it is too much. */
    public Uni<Reply<Posted>> charge(String accountId, String meter, long units, Key key) {
        Optional<Credits> price = tariff.price(meter);
        if (price.isEmpty()) {
            return refused(ProblemType.UNKNOWN_METER, "the price list has no meter " + meter);
        }
        if (units < 1) {
            return refused(ProblemType.INVALID_REQUEST, "units are positive");
        }
        if (units > Credits.MAX_MICROS / Math.max(1, price.get().micros())) {
            return refused(ProblemType.AMOUNT_OUT_OF_RANGE, ProblemType.AMOUNT_OUT_OF_RANGE.title());
        }
        return submit(new Command.Charge(accountId, new Priced(meter, units, price.get()), key));
    }

    /** Allows no new work. */
    public Uni<Reply<StatusResult>> suspend(String accountId, String cause) {
        return submit(new Command.Suspend(accountId, cause));
    }

    /** Allows new work again. */
    public Uni<Reply<StatusResult>> reinstate(String accountId) {
        return submit(new Command.Reinstate(accountId));
    }

    /**
     * Changes what kinds of session the account may start.
     *
     * @param plan null: none any more
     */
    public Uni<Reply<StatusResult>> changePlan(String accountId, @Nullable String plan) {
        if (plan != null && !tariff.plans().containsKey(plan)) {
            return refused(ProblemType.UNKNOWN_PLAN, "there is no plan " + plan);
        }
        return submit(new Command.ChangePlan(accountId, plan));
    }

    /** Closes the account for ever. Refused while it has holds. */
    public Uni<Reply<StatusResult>> close(String accountId) {
        return submit(new Command.Close(accountId));
    }

    /**
     * Cancels the operation with this key if it has not happened. The answer is its row if it has, else the void row that
     * keeps the key used up.
     */
    public Uni<Reply<Posted>> cancel(String accountId, String keyHash) {
        return submit(new Command.Cancel(accountId, Key.cancelled(keyHash)));
    }

    /** The conversation with the owners of sessions. */
    public SessionFunding sessions() {
        return new SessionFunding(commits, tariff, request);
    }

    /** The grants that another service asks for. */
    public InternalGrants grants() {
        return new InternalGrants(commits, request);
    }

    private <R> Uni<Reply<R>> submit(Command<R> command) {
        return commits.submit(command, request);
    }

    private static <R> Uni<Reply<R>> refused(ProblemType problem, String detail) {
        return Uni.createFrom().item(new Reply.Refused<>(Refusal.of(problem, detail)));
    }
}
