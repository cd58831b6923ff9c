package io.drawdown.kit.events;

import io.smallrye.mutiny.Uni;

/**
 * The port that sets aside what can never be applied, so that it holds nobody up and is not lost. Both fail with {@code
 * Unavailable} or {@code OutcomeUnknown}; to set the same aside again is always allowed.
 */
public interface DeadLetters {

    /** A whole record as it came. */
    Uni<Void> unreadable(RawRecord record, String reason);

    /** One entry of a record. */
    Uni<Void> rejected(Rejection rejection);
}
