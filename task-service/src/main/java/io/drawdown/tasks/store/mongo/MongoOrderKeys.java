package io.drawdown.tasks.store.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.tasks.store.OrderKey;
import io.drawdown.tasks.store.OrderKeyStore;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.bson.conversions.Bson;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

/** The counters of order keys in MongoDB. */
@Singleton
public final class MongoOrderKeys
        implements OrderKeyStore, IndexedStore, ReactivePanacheMongoRepositoryBase<OrderKey, String> {

    /** Two first calls may both insert the counter; the one that loses finds it. */
    private static final int MOST_RACES = 3;

    private static final String SEQ = "seq";
    private static final String USED_AT = "usedAt";
    private static final Bson USED = Updates.currentDate(USED_AT);

    private final ReactiveMongoCollection<OrderKey> counters;
    private final Executor core;

    MongoOrderKeys(Database database) {
        this.counters = mongoCollection();
        this.core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        return counters.createIndex(Indexes.ascending(USED_AT)).replaceWithVoid();
    }

    @Override
    public Uni<Long> next(String orderHash) {
        FindOneAndUpdateOptions counted =
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
        Uni<Long> next = counters.findOneAndUpdate(
                        eq("_id", orderHash), Updates.combine(Updates.inc(SEQ, 1L), USED), counted)
                .map(OrderKey::seq)
                .onFailure(MongoOrderKeys::isInsertedMeanwhile)
                .retry()
                .atMost(MOST_RACES);
        return StoreFaults.ofWrite(next).emitOn(core);
    }

    @Override
    public Uni<List<OrderKey>> unusedSince(Instant then, int limit) {
        return StoreFaults.ofRead(find(lt(USED_AT, then), Sorts.ascending(USED_AT))
                        .range(0, limit - 1)
                        .<OrderKey>list())
                .emitOn(core);
    }

    @Override
    public Uni<Void> keep(OrderKey seen) {
        return StoreFaults.ofWrite(counters.updateOne(asSeen(seen), USED).replaceWithVoid())
                .emitOn(core);
    }

    @Override
    public Uni<Void> remove(OrderKey seen) {
        return StoreFaults.ofWrite(counters.deleteMany(asSeen(seen)).replaceWithVoid())
                .emitOn(core);
    }

    /** A counter that was removed begins anew, so its number alone does not tell which one was seen. */
    private static Bson asSeen(OrderKey seen) {
        return and(eq("_id", seen.id()), eq(SEQ, seen.seq()), eq(USED_AT, seen.usedAt()));
    }

    private static boolean isInsertedMeanwhile(Throwable fault) {
        return fault instanceof MongoException answer
                && ErrorCategory.fromErrorCode(answer.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }
}
