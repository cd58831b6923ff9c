package io.drawdown.kit.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;

/** The writes of a document that is guarded by its {@code rev}: the only way in which an aggregate is ever changed. */
public final class Guarded {

    private Guarded() {}

    /** Names the document only as it was read. */
    public static Bson asRead(String id, long rev) {
        return Filters.and(Filters.eq("_id", id), Filters.eq("rev", rev));
    }

    /** Replaces the document if it is still as it was read: false is a lost race. */
    public static <D> Uni<Boolean> replace(ReactiveMongoCollection<D> collection, String id, long rev, D next) {
        return replace(collection, asRead(id, rev), next);
    }

    /** Replaces the document if the filter, which names it as it was read, still finds it: false is a lost race. */
    public static <D> Uni<Boolean> replace(ReactiveMongoCollection<D> collection, Bson asRead, D next) {
        return StoreFaults.ofWrite(collection.replaceOne(asRead, next).map(done -> done.getMatchedCount() == 1));
    }

    /** Inserts the document: false if its {@code _id}, or another unique field of it, exists. */
    public static <D> Uni<Boolean> insert(ReactiveMongoCollection<D> collection, D document) {
        return StoreFaults.ofWrite(collection.insertOne(document).replaceWith(true))
                .onFailure(Guarded::isDuplicate)
                .recoverWithItem(false);
    }

    /** Whether the server refused a write because a unique field exists. */
    public static boolean isDuplicate(Throwable e) {
        return e instanceof MongoWriteException refused
                && refused.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
