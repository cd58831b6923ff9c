package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.TraceContext;
import io.drawdown.sessions.document.SessionDocument;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * The port to credits-service. Every call states absolute totals, so each may be repeated at any time. Fails with
 * {@code Unavailable} or {@code OutcomeUnknown}. Every decision is an answer, a refusal too.
 */
public interface CreditsClient {

    /** @param trace of the request that wants the start; null if it has none */
    Uni<Funding.Answer> start(String sessionId, Funding.Start request, @Nullable TraceContext trace);

    /** From then on no start makes a hold for the session; the answer says whether one did. */
    Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request);

    /** Gives up a start: once this is answered, a late start of that session makes no hold. */
    default Uni<Funding.Answer> fenceStart(SessionDocument givenUp) {
        Funding.CancelStart request = new Funding.CancelStart(givenUp.origin().accountId());
        return Uni.createFrom().deferred(() -> cancelStart(givenUp.id(), request));
    }

    /** @param trace of the request that started the session; null if it has none */
    Uni<Funding.Answer> renew(String sessionId, Funding.Renew request, @Nullable TraceContext trace);

    /** Only after the owner has lowered its limit to it. */
    Uni<Funding.Answer> giveBack(String sessionId, Funding.GiveBack request);

    Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover request);

    /** Whether the account takes new work, read now; it changes nothing. */
    Uni<Granting.StandingStatus> standing(String accountId);

    /**
     * Only for a session whose end is stored.
     *
     * @param trace of the request that wanted the end; null if none did
     */
    Uni<Funding.Answer> release(String sessionId, Funding.Release request, @Nullable TraceContext trace);
}
