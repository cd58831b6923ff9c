package io.drawdown.sessions.sessions;

import io.drawdown.contracts.Funding;
import io.smallrye.mutiny.Uni;

/** What an owner of sessions works with. */
record Owning(
        GuardedWrites writes,
        CreditsClient credits,
        Releases releases,
        Media media,
        Standstill standstill,
        Machinery machinery,
        Settings settings) {

    /** Once this is answered, no start of that session that comes late makes a hold. */
    Uni<Funding.Answer> fenceStart(SessionDocument givenUp) {
        Funding.CancelStart request = new Funding.CancelStart(givenUp.origin().accountId());
        return Uni.createFrom().deferred(() -> credits.cancelStart(givenUp.id(), request));
    }
}
