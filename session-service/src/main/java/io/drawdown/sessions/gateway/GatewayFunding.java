package io.drawdown.sessions.gateway;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.sessions.document.Advance;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.funding.CreditsClient;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells credits-service the totals of gateways, and keeps in the document what it answers. What is told was stored before,
 * and is never above what is known to be funded; so whoever ends the session ends it at no less than was told.
 */
final class GatewayFunding {

    private static final Logger LOG = Logger.getLogger(GatewayFunding.class);
    private static final int MOST_ANSWERS = 3;

    private final GuardedWrites<SessionDocument> writes;
    private final CreditsClient credits;

    GatewayFunding(GuardedWrites<SessionDocument> writes, CreditsClient credits) {
        this.writes = writes;
        this.credits = credits;
    }

    /** Tells the total if enough is used. A session that gives back all that it does not use asks for nothing. */
    Uni<SessionDocument> tellIfDue(SessionDocument stored) {
        return stored.state() instanceof Reported reported
                        && (reported.advance().isOwed() || (!stored.isReleased() && reported.isDue()))
                ? tell(stored)
                : Uni.createFrom().item(stored);
    }

    /** Nothing was heard of its hold for long. */
    Uni<SessionDocument> overdue(SessionDocument stored) {
        return stored.isReleased()
                ? writes.change(stored, (current, _) -> ReportRules.givenBack(current))
                        .chain(this::tell)
                : tell(stored);
    }

    /**
     * Answers with the session as it is stored afterwards; as it was if credits-service cannot be reached.
     *
     * @param stored as the store has it
     */
    Uni<SessionDocument> tell(SessionDocument stored) {
        return tell(stored, MOST_ANSWERS)
                .onFailure(fault -> fault instanceof Unavailable || fault instanceof OutcomeUnknown)
                .recoverWithItem(fault -> {
                    LOG.debugf("Total not told; told with the next: sessionId=%s fault=%s", stored.id(), fault);
                    return stored;
                });
    }

    private Uni<SessionDocument> tell(SessionDocument stored, int left) {
        if (left == 0 || !(stored.state() instanceof Reported reported)) {
            return Uni.createFrom().item(stored);
        }
        if (reported.advance().isOwed()) {
            return giveBack(stored, reported).chain(next -> tell(next, left - 1));
        }
        if (stored.isReleased()) {
            return Uni.createFrom().item(stored);
        }
        long told = reported.billableMillis();
        Funding.Renew request =
                new Funding.Renew(stored.origin().accountId(), stored.owner().epoch(), told);
        return Uni.createFrom()
                .deferred(() ->
                        credits.renew(stored.id(), request, stored.origin().startTrace()))
                .chain(answer -> answered(stored, answer))
                .chain(next -> hasMore(next, told)
                        ? tell(next, left - 1)
                        : Uni.createFrom().item(next));
    }

    /** The same as often as it is asked, until it is answered: the document has the lowered limit already. */
    private Uni<SessionDocument> giveBack(SessionDocument stored, Reported reported) {
        Funding.GiveBack given = new Funding.GiveBack(
                stored.origin().accountId(),
                stored.owner().epoch(),
                reported.advance().cuts(),
                reported.billableMillis(),
                reported.advance().fundedMillis());
        return Uni.createFrom()
                .deferred(() -> credits.giveBack(stored.id(), given))
                .chain(answer -> answered(stored, answer));
    }

    /** Whether the gateway had stated more than was known to be funded, and now more is; or something is to be given back. */
    private static boolean hasMore(SessionDocument next, long told) {
        return next.state() instanceof Reported reported
                && (reported.billableMillis() > told || reported.advance().isOwed());
    }

    private Uni<SessionDocument> answered(SessionDocument told, Funding.Answer answer) {
        Optional<EndReason> end = ReportRules.end(told, answer);
        if (end.isPresent()) {
            return writes.change(told, (current, now) -> ReportRules.ended(told, current, end.get(), now));
        }
        if (answer.hold() == null || answer.account() == null || answer.outcome() == Funding.Outcome.STALE) {
            LOG.errorf("Total not settled: sessionId=%s answer=%s", told.id(), answer);
            return Uni.createFrom().item(told);
        }
        Advance advance = Advance.of(answer);
        return writes.change(told, (current, _) -> ReportRules.advanced(current, advance));
    }
}
