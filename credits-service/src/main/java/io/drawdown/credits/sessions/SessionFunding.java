package io.drawdown.credits.sessions;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.SessionKeys;
import io.drawdown.credits.rules.Command;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The conversation with the owner of a session. If it cannot be decided now, it fails: "unavailable" is never an answer. */
public final class SessionFunding {

    private final GroupCommit commits;
    private final Tariff tariff;
    private final RequestContext request;

    /** @param request that asks for all that is asked here */
    public SessionFunding(GroupCommit commits, Tariff tariff, RequestContext request) {
        this.commits = commits;
        this.tariff = tariff;
        this.request = request;
    }

    /** The first slice of a session. */
    public Uni<Funding.Answer> start(String sessionId, Funding.Start start) {
        Optional<Rate> rate = tariff.rate(start.kind());
        if (rate.isEmpty()) {
            return Uni.createFrom()
                    .item(new Funding.Answer(Outcome.REFUSED, null, null, ProblemType.UNKNOWN_KIND, null));
        }
        Key key = new Key(SessionKeys.start(start.accountId(), sessionId), start.kind());
        return submit(new Command.StartHold(start.accountId(), sessionId, rate.get(), tariff.bounds(start.kind()), key))
                .map(SessionFunding::ofStart);
    }

    /** {@link Outcome#CANCELLED} for ever, or what became of the start. */
    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart cancel) {
        Key key = Key.cancelled(SessionKeys.start(cancel.accountId(), sessionId));
        return submit(new Command.CancelStart(cancel.accountId(), sessionId, key))
                .map(SessionFunding::ofStart);
    }

    /** Settles to the owner's total and refills. */
    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew renew) {
        return submit(new Command.Settle(renew.accountId(), sessionId, renew.epoch(), renew.usedMillis(), true))
                .map(SessionFunding::ofOwner);
    }

    /** Gives back what the owner does not use of its slice; asked again, it changes nothing. */
    public Uni<Funding.Answer> giveBack(String sessionId, Funding.GiveBack given) {
        return submit(new Command.GiveBack(given.accountId(), sessionId, given)).map(SessionFunding::ofOwner);
    }

    /** Gives the hold to another owner. */
    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover takeover) {
        return submit(new Command.Takeover(
                        takeover.accountId(),
                        sessionId,
                        takeover.epoch(),
                        takeover.proofEpoch(),
                        takeover.proofUsedMillis()))
                .map(SessionFunding::ofOwner);
    }

    /** Gives back what the ended session does not need; asked again, it answers the same. */
    public Uni<Funding.Answer> release(String sessionId, Funding.Release release) {
        return submit(SessionEnds.fromOwner(sessionId, release)).map(SessionFunding::ofOwner);
    }

    private Uni<Reply<Funding.Answer>> submit(Command<Funding.Answer> command) {
        return commits.submit(command, request);
    }

    private static Funding.Answer ofStart(Reply<Funding.Answer> reply) {
        return switch (reply) {
            case Reply.Done<Funding.Answer>(Funding.Answer answer) -> answer;
            case Reply.Refused<Funding.Answer>(Refusal refusal) -> {
                if (refusal.problem() == ProblemType.ACCOUNT_BACKLOGGED) {
                    throw new Unavailable(refusal.detail());
                }
                yield new Funding.Answer(
                        Outcome.REFUSED, refusal.account(), null, refusal.problem(), refusal.required());
            }
        };
    }

    /** Only a start creates a hold: on an account that does not exist, no session has one. */
    private static Funding.Answer ofOwner(Reply<Funding.Answer> reply) {
        return switch (reply) {
            case Reply.Done<Funding.Answer>(Funding.Answer answer) -> answer;
            case Reply.Refused<Funding.Answer>(Refusal refusal) -> {
                if (refusal.problem() != ProblemType.ACCOUNT_NOT_FOUND) {
                    throw new Unavailable(refusal.detail());
                }
                yield new Funding.Answer(Outcome.NO_HOLD, null, null, null, null);
            }
        };
    }
}
