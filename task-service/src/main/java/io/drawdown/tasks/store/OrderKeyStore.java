package io.drawdown.tasks.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The port to the counters of order keys, and of the requests of workers elsewhere. Fails as {@link TaskStore} does. */
public interface OrderKeyStore {

    /** A number that is greater than all that were given out for this key before. Numbers may be left out. */
    Uni<Long> next(String orderHash);

    /** Counters that were last used before then, the one that has rested for longest first. */
    Uni<List<OrderKey>> unusedSince(Instant then, int limit);

    /** The key is still in use, though no number was given out. Changes nothing if the counter is another one by now. */
    Uni<Void> keep(OrderKey seen);

    /** The next number of the key is the first again. Changes nothing if the counter is another one by now. */
    Uni<Void> remove(OrderKey seen);
}
