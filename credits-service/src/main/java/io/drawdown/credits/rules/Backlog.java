package io.drawdown.credits.rules;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Draft;

/**
 * What an account with a full outbox refuses; {@code GroupCommit} lets it wait a moment first. New work waits at 3/4 of the
 * bound; all but payments and ends wait at 4 times the bound.
 */
final class Backlog {

    private Backlog() {}

    static boolean refusesNewWork(Draft draft) {
        return draft.outboxSize() >= draft.limits().outbox() * 3 / 4;
    }

    /**
     * The limit of last resort: the document must not grow beyond what the store takes. It does not hold for payments: money
     * that was paid is not turned away, and payments are few. Nor does it hold for what ends a hold: there are at most as
     * many of those as holds.
     */
    static boolean refuses(Command<?> command, Account account, AccountLimits limits) {
        boolean isPayment = command instanceof Command.AddGrant grant
                && grant.grant().kind().isPaid();
        boolean isEnd = command instanceof Command.Release release
                && account.hold(release.sessionId()).isPresent();
        return !isPayment && !isEnd && isFull(account, limits);
    }

    private static boolean isFull(Account account, AccountLimits limits) {
        return account.outbox().entries().size() >= limits.outbox() * AccountLimits.HARD;
    }
}
