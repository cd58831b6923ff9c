package io.drawdown.kit.store;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The database of a service, as its stores see it.
 *
 * @param isLinearizable whether latest reads are linearizable; asked by each of them
 * @param core where the answers of stores must arrive
 */
public record Database(ReactiveMongoClient client, String name, BooleanSupplier isLinearizable, Executor core) {

    public <D> ReactiveMongoCollection<D> collection(String collection, Class<D> type) {
        return client.getDatabase(name).getCollection(collection, type);
    }
}
