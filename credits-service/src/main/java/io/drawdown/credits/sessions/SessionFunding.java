package io.drawdown.credits.sessions;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.commit.Submission;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.decision.Command;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.SessionKeys;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conversation with the owner of a session. What cannot be decided now fails; it is never an answer. */
public final class SessionFunding {

    private final Submission door;
    private final Tariff tariff;

    public SessionFunding(Submission door, Tariff tariff) {
        this.door = door;
        this.tariff = tariff;
    }

    public Uni<Funding.Answer> start(String sessionId, Funding.Start start) {
        Optional<Rate> rate = tariff.rate(start.kind());
        if (rate.isEmpty()) {
            return Uni.createFrom()
                    .item(new Funding.Answer(Outcome.REFUSED, null, null, ProblemType.UNKNOWN_KIND, null));
        }
        Key key = new Key(SessionKeys.start(start.accountId(), sessionId), start.kind());
        Command command = new Command.StartHold(start.accountId(), sessionId, rate.get(), key);
        return door.submit(command).map(SessionFunding::ofStart);
    }

    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request) {
        Key key = Key.cancelled(SessionKeys.start(request.accountId(), sessionId));
        return door.submit(new Command.CancelStart(request.accountId(), sessionId, key))
                .map(SessionFunding::ofStart);
    }

    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew renew) {
        return door.submit(
                        new Command.Settle(renew.accountId(), sessionId, renew.epoch(), renew.usedMillis(), "renewal"))
                .map(SessionFunding::ofOwner);
    }

    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover takeover) {
        return door.submit(new Command.Takeover(
                        takeover.accountId(),
                        sessionId,
                        takeover.epoch(),
                        takeover.proofEpoch(),
                        takeover.proofUsedMillis()))
                .map(SessionFunding::ofOwner);
    }

    public Uni<Funding.Answer> release(String sessionId, Funding.Release release) {
        return door.submit(SessionEnds.asked(sessionId, release)).map(reply -> ofRelease(release, reply));
    }

    /** The row is the reply. */
    private static Funding.Answer ofRelease(Funding.Release release, Reply reply) {
        return reply instanceof Reply.Posted posted ? ofRow(release, posted.entry()) : ofOwner(reply);
    }

    private static Funding.Answer ofRow(Funding.Release release, Entry entry) {
        HoldView hold = entry.hold() == null ? null : entry.hold().view();
        boolean isStale = hold != null && release.epoch() < hold.epoch();
        return switch (entry.type()) {
            case RELEASED -> answer(isStale ? Outcome.STALE : Outcome.RELEASED, entry.view(), hold);
            case VOIDED -> answer(Outcome.RELEASED, entry.view(), null);
            // Released before rows of releases carried their key.
            case HELD -> answer(Outcome.ENDED, null, null);
            default -> throw new IllegalStateException("not the row of a session's key: " + entry);
        };
    }

    private static Funding.Answer answer(Outcome outcome, @Nullable AccountView account, @Nullable HoldView hold) {
        return new Funding.Answer(outcome, account, hold, null, null);
    }

    private static Funding.Answer ofStart(Reply reply) {
        return reply instanceof Reply.Refused refused && !refused.problem().equals(ProblemType.ACCOUNT_BACKLOGGED)
                ? new Funding.Answer(Outcome.REFUSED, refused.account(), null, refused.problem(), refused.required())
                : funded(reply);
    }

    /** Only a start creates a hold: on an account that does not exist, the session has ended. */
    private static Funding.Answer ofOwner(Reply reply) {
        return reply instanceof Reply.Refused refused && refused.problem() == ProblemType.ACCOUNT_NOT_FOUND
                ? new Funding.Answer(Outcome.ENDED, null, null, null, null)
                : funded(reply);
    }

    private static Funding.Answer funded(Reply reply) {
        return switch (reply) {
            case Reply.Funded funded -> funded.answer();
            case Reply.Refused refused -> throw new Unavailable(refused.detail());
            case Reply.Posted posted -> throw new IllegalStateException("not an answer to an owner: " + posted);
            case Reply.Opened opened -> throw new IllegalStateException("not an answer to an owner: " + opened);
            case Reply.Nothing nothing -> throw new IllegalStateException("not an answer to an owner: " + nothing);
        };
    }
}
