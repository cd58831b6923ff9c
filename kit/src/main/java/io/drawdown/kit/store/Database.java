package io.drawdown.kit.store;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What a store of the core needs beside its Panache repository.
 *
 * @param isLinearizable whether latest reads are linearizable; asked by each of them
 * @param core where the answers of stores must arrive
 */
public record Database(ReactiveMongoClient client, BooleanSupplier isLinearizable, Executor core) {

    /** Reads of this collection on which an answer is based. */
    public <D> LinearizableReads<D> latest(ReactiveMongoCollection<D> collection) {
        return new LinearizableReads<>(client, collection, isLinearizable);
    }
}
