package io.drawdown.tasks.store;

import io.smallrye.mutiny.Uni;

/** The port to the counters of order keys. Fails as {@link TaskStore} does. */
public interface OrderKeyStore {

    /** A number that is greater than all that were given out for this key before. Numbers may be left out. */
    Uni<Long> next(String orderHash);
}
