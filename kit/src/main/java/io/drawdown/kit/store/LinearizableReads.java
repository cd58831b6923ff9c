package io.drawdown.kit.store;

import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.bson.conversions.Bson;

/**
 * Reads of one document on which an answer is based. They go to the primary and, where there are replicas, are
 * linearizable: a primary that was deposed without knowing it cannot answer.
 */
public final class LinearizableReads<D> {

    /** A linearizable read waits for a majority, so it needs a time limit. */
    private static final long GREATEST_WAIT_SECONDS = 5;

    private final MongoCollection<D> primary;
    private final BooleanSupplier isLinearizable;

    LinearizableReads(
            ReactiveMongoClient client, ReactiveMongoCollection<D> collection, BooleanSupplier isLinearizable) {
        MongoNamespace name = collection.getNamespace();
        this.primary = client.unwrap()
                .getDatabase(name.getDatabaseName())
                .getCollection(name.getCollectionName(), collection.getDocumentClass())
                .withReadPreference(ReadPreference.primary());
        this.isLinearizable = isLinearizable;
    }

    /** The document, or null. */
    public Uni<D> byId(String id) {
        return first(Filters.eq("_id", id));
    }

    /**
     * The first document that matches the filter, or null. The read is linearizable only if the filter can match one
     * document at most.
     */
    public Uni<D> first(Bson filter) {
        FindPublisher<D> find = isLinearizable.getAsBoolean() ? linearizable(filter) : primary.find(filter);
        return StoreFaults.ofRead(Uni.createFrom().publisher(AdaptersToFlow.publisher(find.first())));
    }

    /**
     * The documents that match any of the filters. Where there are replicas, each filter is a read of its own, for a
     * linearizable read may match one document at most.
     *
     * @param filters each matches one document at most
     * @param any matches what any of them matches; for one read where there is one server
     */
    public Uni<List<D>> each(List<Bson> filters, Supplier<Bson> any) {
        if (!isLinearizable.getAsBoolean()) {
            return StoreFaults.ofRead(Multi.createFrom()
                    .publisher(AdaptersToFlow.publisher(primary.find(any.get())))
                    .collect()
                    .asList());
        }
        return Multi.createFrom()
                .iterable(filters)
                .onItem()
                .transformToUni(this::first)
                .merge(filters.size())
                .collect()
                .asList();
    }

    private FindPublisher<D> linearizable(Bson filter) {
        return primary.withReadConcern(ReadConcern.LINEARIZABLE)
                .find(filter)
                .maxTime(GREATEST_WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
