package io.drawdown.credits.grants;

import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Granting.GrantOutcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.rules.Command;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;

/**
 * The grants that billing-batch asks for, after money was taken. Each answer is final: before a refusal is answered the key is put
 * out of use for ever, so that no call that is still under way gives credits for which the money is given back.
 */
public final class InternalGrants {

    private final GroupCommit commits;
    private final RequestContext request;

    /** @param request that asks for it */
    public InternalGrants(GroupCommit commits, RequestContext request) {
        this.commits = commits;
        this.request = request;
    }

    /**
     * Gives the credits, or says why never. Fails with {@code Unavailable} if it cannot be decided now.
     *
     * @throws ProblemException there is no such account, or the key was used for another grant
     */
    public Uni<Granting.GrantAnswer> give(String accountId, Granting.Grant grant) {
        String hash = IdempotencyKey.internal(accountId, grant.key() + ":grant").hash();
        Key key = new Key(hash, RequestHash.of("grant", grant.key(), grant));
        NewGrant asked = new NewGrant(grant.kind(), grant.amount(), NewGrant.DEFAULT_PRIORITY, null, grant.expiresAt());
        return commits.submit(new Command.AddGrant(accountId, asked, key, grant.reference()), request)
                .chain(reply -> switch (reply) {
                    case Reply.Done<Posted>(Posted posted) -> Uni.createFrom().item(granted(posted.entry()));
                    case Reply.Refused<Posted>(Refusal refusal) -> refused(accountId, hash, refusal);
                });
    }

    private Uni<Granting.GrantAnswer> refused(String accountId, String hash, Refusal refusal) {
        return switch (refusal.problem()) {
            case ACCOUNT_BACKLOGGED -> Uni.createFrom().failure(new Unavailable(refusal.detail()));
            case ACCOUNT_NOT_FOUND, IDEMPOTENCY_KEY_REUSED ->
                Uni.createFrom().failure(new ProblemException(refusal.problem()));
            default -> cancel(accountId, hash, refusal.problem());
        };
    }

    private Uni<Granting.GrantAnswer> cancel(String accountId, String hash, ProblemType why) {
        return commits.submit(new Command.Cancel(accountId, Key.cancelled(hash)), request)
                .map(reply -> switch (reply) {
                    case Reply.Done<Posted>(Posted posted) ->
                        posted.entry().isCancellation()
                                ? new Granting.GrantAnswer(GrantOutcome.REFUSED, null, why)
                                : granted(posted.entry());
                    case Reply.Refused<Posted>(Refusal refusal) -> throw new Unavailable(refusal.detail());
                });
    }

    private static Granting.GrantAnswer granted(Entry entry) {
        return new Granting.GrantAnswer(GrantOutcome.GRANTED, entry.seq(), null);
    }
}
