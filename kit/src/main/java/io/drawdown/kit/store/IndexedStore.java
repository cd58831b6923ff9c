package io.drawdown.kit.store;

import io.smallrye.mutiny.Uni;

/** A store whose collection has indexes. The runtime has them made before the core starts. */
public interface IndexedStore {

    /** Makes the indexes; those that exist stay. Called again while the database is away. */
    Uni<Void> createIndexes();
}
