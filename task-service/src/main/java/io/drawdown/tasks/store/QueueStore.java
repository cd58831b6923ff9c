package io.drawdown.tasks.store;

import io.smallrye.mutiny.Uni;
import java.util.Set;

/** The port to the switches of queues. Fails as {@link TaskStore} does; every call may be repeated. */
public interface QueueStore {

    /** The types that are paused. */
    Uni<Set<String>> paused();

    /** Pauses the type, or lets it go on. */
    Uni<Void> set(String type, boolean isPaused);
}
