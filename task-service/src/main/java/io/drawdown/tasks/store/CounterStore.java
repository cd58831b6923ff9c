package io.drawdown.tasks.store;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;

/** The port to the counters of all processes. Fails as {@link TaskStore} does; every call may be repeated. */
public interface CounterStore {

    /** Stores the counters of a process for the first time. If there are some under its id, nothing changes. */
    Uni<Void> begin(InstanceCounters first);

    /**
     * Replaces earlier counters of the same process. Later ones stay: writes may overtake each other.
     *
     * @return false if there are none of it
     */
    Uni<Boolean> publish(InstanceCounters next);

    /** The counters of the processes that live, and of those that ended since the latest recount. */
    Uni<List<InstanceCounters>> all(int limit);

    /** What the latest recount found; {@link Recounted#NEVER} if there was none. */
    Uni<Recounted> recounted();

    /**
     * Replaces what was found before, if that still has the revision before this one.
     *
     * @return whether it did
     */
    Uni<Boolean> replace(Recounted next);

    /** Removes the counters of these processes. */
    Uni<Void> remove(Collection<String> ids);
}
