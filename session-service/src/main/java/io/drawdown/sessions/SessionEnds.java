package io.drawdown.sessions;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends many sessions, page by page: all of an account, of a kind or of an instance. Each page is wanted in the sessions'
 * documents, as one end is, and their owners are told; it does not wait until they have ended.
 */
public final class SessionEnds {

    static final int PAGE = 200;

    private static final int AT_ONCE = 16;

    private final SessionStore store;
    private final EndRequests ends;

    SessionEnds(SessionStore store, EndRequests ends) {
        this.store = store;
        this.ends = ends;
    }

    /**
     * How far it came.
     *
     * @param requested sessions whose end is wanted now
     * @param nextAfterId where the next page begins; null: there was no more
     */
    public record Page(int requested, @Nullable String nextAfterId) {}

    /** Fails if one of the ends could not be written: then the same page is asked for again. */
    Uni<Page> page(OpenSessions which, EndRequests.Wish wish) {
        return store.open(which, PAGE).chain(found -> wantEnds(found, wish).replaceWith(() -> page(found)));
    }

    private static Page page(List<SessionDocument> found) {
        return new Page(
                found.size(), found.size() < PAGE ? null : found.getLast().id());
    }

    private Uni<Void> wantEnds(List<SessionDocument> found, EndRequests.Wish wish) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUni(session -> ends.want(session.id(), wish))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
