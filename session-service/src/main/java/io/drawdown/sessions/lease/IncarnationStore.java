package io.drawdown.sessions.lease;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * The port to the leases. No clock decides anything here: a renewal raises a count, and whoever fences names the count that
 * it saw. Fails with {@code Unavailable} or {@code OutcomeUnknown}; every call may be repeated.
 */
public interface IncarnationStore {

    /** Writes a new incarnation; writing it again renews it. */
    Uni<Void> register(String incarnation, String instance);

    /** False if it was fenced or is not known; then it may not write any more. */
    Uni<Boolean> renew(String incarnation);

    /** As a majority has it, read after the call began. */
    Uni<Optional<Incarnation>> get(String incarnation);

    /** Fences it in one guarded write, unless it has renewed since it was seen like this. */
    Uni<Void> fence(Incarnation seen);

    /** Its owner gives it up: as if fenced. */
    Uni<Void> release(String incarnation);
}
