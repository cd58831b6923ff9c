package io.drawdown.kit.events;

import io.smallrye.mutiny.Uni;

/**
 * The port that sets aside what can never be applied, so that it blocks nobody and is not lost. Both methods fail
 * with {@code Unavailable} or {@code OutcomeUnknown}, and may be called again with the same argument.
 */
public interface DeadLetters {

    /** A whole record as it came. */
    Uni<Void> unreadable(RawRecord record, String reason);

    /** One entry of a record. */
    Uni<Void> rejected(Rejection rejection);
}
