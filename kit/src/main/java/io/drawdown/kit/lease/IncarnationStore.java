package io.drawdown.kit.lease;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
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

    /** Its owner gives it up. If it has been fenced before, nothing changes. */
    Uni<Void> release(String incarnation);

    /** It was fenced, and its process is alive: that is noted. If it was not fenced, nothing changes. */
    Uni<Void> survived(String incarnation);

    /** Those that are not fenced, except this one; of any instance, in order of id. */
    Uni<List<Incarnation>> others(String incarnation, int limit);

    /** Ids of those that were fenced or released, and last renewed after {@code since}; the last to renew come first. */
    Uni<List<String>> fencedSince(Instant since, int limit);

    /** Deletes those that were fenced or released, and last renewed before {@code renewed}. */
    Uni<Void> removeFencedBefore(Instant renewed);
}
