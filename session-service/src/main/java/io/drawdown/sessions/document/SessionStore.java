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

    /** The document as a majority has it, read after this call began, so that a decision may rest on it. */
    Uni<Optional<SessionDocument>> get(String id);

    /** False if there is a document with this id; then nothing was written. */
    Uni<Boolean> insert(SessionDocument document);

    /**
     * Replaces the document of revision {@code next.rev() - 1}. False if its revision is another one; then nothing was
     * written.
     */
    Uni<Boolean> replace(SessionDocument next);

    /**
     * Empties the outbox of each document whose {@code seq} is still the given one, and removes its pending flag, without
     * changing the revision: {@link SessionDocument#trimmed}.
     */
    Uni<Void> trim(Map<String, Long> drainedTo);

    /** Documents whose outbox holds events. */
    Uni<List<SessionDocument>> pending(int limit);

    /** Open sessions of this instance's other incarnations, in order of id, after {@code afterId}. */
    Uni<List<SessionDocument>> ofOtherIncarnations(Others others, int limit);

    /** Ids of the open sessions of this incarnation that someone else wants to end. */
    Uni<List<String>> endRequested(String incarnation, int limit);

    /** Sessions that are starting and whose start arrived before then. */
    Uni<List<SessionDocument>> startingBefore(Instant created, int limit);

    /** In order of id, after {@code cursor}; of one account or of all. */
    Uni<List<SessionDocument>> page(@Nullable String accountId, @Nullable String cursor, int limit);

    /** Sessions of {@code instance} whose owner is not {@code incarnation}. */
    record Others(String instance, String incarnation, String afterId) {}
}
