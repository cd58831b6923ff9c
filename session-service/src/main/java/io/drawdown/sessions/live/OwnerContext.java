package io.drawdown.sessions.live;

import io.drawdown.contracts.Funding;
import io.drawdown.sessions.config.CoreContext;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.document.GuardedWrites;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.Releases;
import io.smallrye.mutiny.Uni;

/** What an owner of sessions works with. */
public record OwnerContext(
        GuardedWrites writes,
        CreditsClient credits,
        Releases releases,
        Media media,
        StallDetector stalls,
        CoreContext machinery,
        SessionsSettings settings) {

    /** Once this is answered, no start of that session that comes late makes a hold. */
    public Uni<Funding.Answer> fenceStart(SessionDocument givenUp) {
        Funding.CancelStart request = new Funding.CancelStart(givenUp.origin().accountId());
        return Uni.createFrom().deferred(() -> credits.cancelStart(givenUp.id(), request));
    }
}
