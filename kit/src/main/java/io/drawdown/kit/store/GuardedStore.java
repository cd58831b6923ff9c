package io.drawdown.kit.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * The port to guarded documents. Fails with {@code Unavailable} (it did not happen) or {@code OutcomeUnknown} (it may
 * have). Completes on the core's thread and within a bounded time.
 */
public interface GuardedStore<D extends GuardedDocument> {

    /** The document as a majority has it, read after this call began, so that a decision may rest on it. */
    Uni<Optional<D>> get(String id);

    /** False if there is a document with this id; then nothing was written. */
    Uni<Boolean> insert(D document);

    /**
     * Replaces the document if it still has the revision of {@code before}. False if its revision is another one; then
     * nothing was written.
     *
     * @param next its revision is one more
     */
    Uni<Boolean> replace(D before, D next);
}
