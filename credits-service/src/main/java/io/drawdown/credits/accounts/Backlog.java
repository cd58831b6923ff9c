package io.drawdown.credits.accounts;

/** A quarter of every array is kept for what may not be refused; new work has to wait earlier. */
final class Backlog {

    private Backlog() {}

    static boolean refusesNewWork(Draft draft) {
        Terms terms = draft.terms();
        return draft.waiting() >= terms.outbox() * 3 / 4 || draft.undrainedKeys() >= Math.max(1, terms.ring() * 3 / 4);
    }

    /**
     * The limit of last resort: the document must stay a document. It does not hold for payments: whoever paid is not
     * turned away, and there are never so many of them. Nor for what ends a hold: there are not more of them than holds.
     */
    static boolean refuses(Command command, Account account, Terms terms) {
        boolean isPayment = command instanceof Command.AddGrant grant
                && grant.grant().kind().isPaid();
        boolean isEnd = command instanceof Command.Release release
                && account.hold(release.sessionId()).isPresent();
        return !isPayment && !isEnd && isFull(account, terms);
    }

    /** Keys whose entries are drained do not count: the next write takes them out, so they must not prevent it. */
    private static boolean isFull(Account account, Terms terms) {
        return account.outbox().size() >= terms.outbox() * Terms.HARD
                || Keys.undrained(account.recentKeys(), account.outbox()).size() >= terms.ring() * Terms.HARD;
    }
}
