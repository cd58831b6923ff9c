package io.drawdown.sessions.document;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to the sessions' documents. Fails with {@code Unavailable} (it did not happen) or {@code OutcomeUnknown} (it
 * may have). Completes on the core's thread and within a bounded time.
 */
public interface SessionStore {

    /** A reading that may decide: by id, of what a majority has acknowledged, begun after this call. */
    Uni<Optional<SessionDocument>> get(String id);

    /** False: there is one with this id already, and nothing was written. */
    Uni<Boolean> insert(SessionDocument document);

    /** Replaces what has revision {@code next.rev() - 1}. False: its revision is another one, and nothing was written. */
    Uni<Boolean> replace(SessionDocument next);

    /**
     * For each id whose {@code seq} is still the given one: empties the outbox and takes the pending flag away, without
     * changing the revision: {@link SessionDocument#trimmed}.
     */
    Uni<Void> trim(Map<String, Long> drainedTo);

    /** Some whose outbox holds something. */
    Uni<List<SessionDocument>> pending(int limit);

    /** Some open ones of this incarnation. */
    Uni<List<SessionDocument>> byOwner(String incarnation, int limit);

    /** Some open ones of this instance's other incarnations, ordered by id, after {@code afterId}. */
    Uni<List<SessionDocument>> ofOtherIncarnations(Others others, int limit);

    /** Ids of the open ones of this incarnation that someone else wants to end. */
    Uni<List<String>> endRequested(String incarnation, int limit);

    /** Some still starting that were created before then. */
    Uni<List<SessionDocument>> startingBefore(Instant created, int limit);

    /** In order of id, after {@code cursor}; of one account or of all. */
    Uni<List<SessionDocument>> page(@Nullable String accountId, @Nullable String cursor, int limit);

    /** Sessions of {@code instance} whose owner is not {@code incarnation}. */
    record Others(String instance, String incarnation, String afterId) {}
}
