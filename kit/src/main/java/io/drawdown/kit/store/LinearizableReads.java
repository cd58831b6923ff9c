package io.drawdown.kit.store;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.TimeUnit;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.bson.conversions.Bson;

/**
 * Reads of one document that an answer is built on: from the primary and, where there are replicas, linearizable, so that
 * a primary that was deposed without knowing it cannot answer.
 */
public final class LinearizableReads<D> {

    /** A linearizable read waits for a majority; without one it must end. */
    private static final long GREATEST_WAIT_SECONDS = 5;

    private final MongoCollection<D> collection;
    private final boolean isLinearizable;

    /** @param isLinearizable what {@link DatabaseServer#hasReplicas} says, unless configured otherwise */
    public LinearizableReads(ReactiveMongoClient client, Place place, Class<D> type, boolean isLinearizable) {
        MongoCollection<D> primary = client.unwrap()
                .getDatabase(place.database())
                .getCollection(place.collection(), type)
                .withReadPreference(ReadPreference.primary());
        this.collection = isLinearizable ? primary.withReadConcern(ReadConcern.LINEARIZABLE) : primary;
        this.isLinearizable = isLinearizable;
    }

    /** The document, or null. */
    public Uni<D> byId(String id) {
        return first(Filters.eq("_id", id));
    }

    /** The first document that the filter names, or null; only a filter that can name but one is linearizable. */
    public Uni<D> first(Bson filter) {
        FindPublisher<D> find = collection.find(filter);
        if (isLinearizable) {
            find = find.maxTime(GREATEST_WAIT_SECONDS, TimeUnit.SECONDS);
        }
        return StoreFaults.ofRead(Uni.createFrom().publisher(AdaptersToFlow.publisher(find.first())));
    }

    /** Where a collection is. */
    public record Place(String database, String collection) {}
}
