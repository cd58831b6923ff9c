package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.document.SessionDocument;
import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;

/** Asks for the first slice of one start, and knows whether a hold may exist. */
public final class FirstSlice {

    private final CreditsClient credits;
    private boolean asked;
    private boolean joined;
    private boolean mayBeHeld;

    public FirstSlice(CreditsClient credits) {
        this.credits = credits;
    }

    /** Another client waits from now on: a request that was sent already is older than that client. */
    public void joined() {
        joined = asked;
    }

    public boolean isOlderThanItsClient() {
        return joined;
    }

    /** Whether an earlier attempt under this start key may have asked. */
    public void mayHaveBeenAsked(boolean isSo) {
        mayBeHeld = isSo;
    }

    /** False if no request that was sent under this start key until now has made a hold, or ever will. */
    public boolean mayBeHeld() {
        return mayBeHeld;
    }

    public void ask(SessionDocument starting, Consumer<Funding.Answer> answered, Consumer<Throwable> failed) {
        boolean was = mayBeHeld;
        asked = true;
        joined = false;
        mayBeHeld = true;
        Funding.Start start = new Funding.Start(
                starting.origin().accountId(), starting.origin().kind());
        Uni.createFrom()
                .deferred(() ->
                        credits.start(starting.id(), start, starting.origin().startTrace()))
                .subscribe()
                .with(answered, fault -> {
                    mayBeHeld = was || !(fault instanceof Unavailable);
                    failed.accept(fault);
                });
    }
}
