package io.drawdown.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.TraceContext;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.protocol.PauseWish;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What gateways and operators want of sessions, wherever those live. */
public final class SessionRequests {

    private final PauseRequests pauses;
    private final SessionEnds ends;

    SessionRequests(PauseRequests pauses, SessionEnds ends) {
        this.pauses = pauses;
        this.ends = ends;
    }

    /**
     * Pauses the session, or lets it go on. The answer shows it as it is after at most 2 s; empty: there is no such session.
     */
    public Uni<Optional<SessionView>> pause(String id, PauseWish wish) {
        return pauses.pause(id, wish);
    }

    /** Wants, for an operator, the end of one page of open sessions; whoever owns one ends it. Answers how far it came. */
    public Uni<SessionEnds.Page> endPage(OpenSessions which, @Nullable TraceContext trace) {
        return ends.page(which, new EndRequests.Wish(EndReason.OPERATOR, trace));
    }
}
