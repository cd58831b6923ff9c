package io.drawdown.sessions.document;

import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The port to the sessions' documents, with the faults and promises of {@link GuardedStore}. */
public interface SessionStore extends GuardedStore<SessionDocument> {

    /**
     * Empties the outbox of each document whose {@code seq} is still the given one, and removes its pending flag, without
     * changing the revision: {@link SessionDocument#trimmed}.
     */
    Uni<Void> trim(Map<String, Long> drainedTo);

    /** Documents whose outbox holds events. */
    Uni<List<SessionDocument>> pending(int limit);

    /** Open sessions of these owners, in order of id. */
    Uni<List<SessionDocument>> ofOwners(Owned which, int limit);

    /** Ids of the open sessions of this incarnation that someone else wants to end. */
    Uni<List<String>> endsWanted(String incarnation, int limit);

    /** Open sessions that someone else than their owners wants to end, of all owners. */
    Uni<List<SessionDocument>> endsWanted(int limit);

    /** Sessions that are starting and whose start arrived before then. */
    Uni<List<SessionDocument>> startingBefore(Instant created, int limit);

    /** Open sessions, in order of id. */
    Uni<List<SessionDocument>> open(OpenSessions which, int limit);

    /**
     * Which open sessions; what is null does not matter.
     *
     * @param instance of their owner
     * @param afterId only those with a greater id
     */
    record OpenSessions(
            @Nullable String accountId,
            @Nullable String kind,
            @Nullable String instance,
            @Nullable String afterId) {

        public boolean has(SessionDocument document) {
            return document.isOpen()
                    && (accountId == null || accountId.equals(document.origin().accountId()))
                    && (kind == null || kind.equals(document.origin().kind()))
                    && (instance == null || instance.equals(document.owner().instance()));
        }
    }

    /** Sessions of gateways that were heard last before then, in order of id, after {@code afterId}. */
    Uni<List<SessionDocument>> heardBefore(Instant heard, String afterId, int limit);

    /** In order of id, after {@code cursor}; of one account or of all. */
    Uni<List<SessionDocument>> page(@Nullable String accountId, @Nullable String cursor, int limit);

    /**
     * Which sessions.
     *
     * @param incarnations of their owners; empty: of those that nobody owns
     * @param onlyResuming whether only those that are being taken over
     * @param afterId only those with a greater id
     */
    record Owned(List<String> incarnations, boolean onlyResuming, String afterId) {}
}
