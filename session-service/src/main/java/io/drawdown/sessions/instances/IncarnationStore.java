package io.drawdown.sessions.instances;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/**
 * The port to the leases. Whether a lease has run out is decided by the database's own time, never by a clock of ours.
 * Fails with {@code Unavailable} or {@code OutcomeUnknown}; every call may be repeated.
 */
public interface IncarnationStore {

    /** Writes a new incarnation with a fresh lease; writing it again renews it. */
    Uni<Void> register(String incarnation, String instance);

    /** False: it has been fenced, or is not known; it may not write any more. */
    Uni<Boolean> renew(String incarnation);

    /** Fences the incarnation in one guarded write if its last renewal is older than {@code lease}. */
    Uni<Fencing> fence(String incarnation, Duration lease);

    /** Its owner gives it up: as if fenced. */
    Uni<Void> release(String incarnation);

    /** What came of an attempt to fence. */
    sealed interface Fencing {
        /** It will not write any more, and did not renew after {@code lastRenewed}. */
        record Fenced(Instant lastRenewed) implements Fencing {}

        /** Its lease has not run out. */
        record Alive() implements Fencing {}

        /** There is no such incarnation. */
        record Unknown() implements Fencing {}
    }
}
