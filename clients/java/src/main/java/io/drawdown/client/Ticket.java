package io.drawdown.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a client must not forget of its session, so that it or a later process can go on.
 *
 * @param sessionId null until the service told it
 * @param resumeToken null until the service told it
 * @param ending whether the end is wanted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Ticket(
        SessionRequest request,
        @Nullable String sessionId,
        @Nullable String resumeToken,
        boolean ending) {

    static Ticket of(SessionRequest request) {
        return new Ticket(request, null, null, false);
    }

    /** @throws IllegalArgumentException the text is no ticket */
    static Ticket read(String text) {
        return Json.read(text, Ticket.class);
    }

    Ticket live(String id, String token) {
        return new Ticket(request, id, token, ending);
    }

    Ticket withEnd() {
        return new Ticket(request, sessionId, resumeToken, true);
    }

    /** The frame with which a new socket begins. */
    ClientFrame opening() {
        return sessionId == null || resumeToken == null
                ? new ClientFrame.Start(request.kind(), request.account(), request.startKey())
                : new ClientFrame.Resume(sessionId, resumeToken);
    }
}
