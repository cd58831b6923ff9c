package io.drawdown.tasks.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;

import static com.mongodb.client.model.Filters.eq;

/** The counters of order keys in MongoDB. */
@Singleton
public final class MongoOrderKeys implements OrderKeyStore, ReactivePanacheMongoRepositoryBase<OrderKey, String> {

    /** Two first calls may both insert the counter; the one that loses finds it. */
    private static final int MOST_RACES = 3;

    private final ReactiveMongoCollection<OrderKey> counters;
    private final Executor core;

    MongoOrderKeys(Database database) {
        this.counters = mongoCollection();
        this.core = database.core();
    }

    @Override
    public Uni<Long> next(String orderHash) {
        FindOneAndUpdateOptions counted =
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
        Uni<Long> next = counters.findOneAndUpdate(eq("_id", orderHash), Updates.inc("seq", 1L), counted)
                .map(OrderKey::seq)
                .onFailure(MongoOrderKeys::isInsertedMeanwhile)
                .retry()
                .atMost(MOST_RACES);
        return StoreFaults.ofWrite(next).emitOn(core);
    }

    private static boolean isInsertedMeanwhile(Throwable fault) {
        return fault instanceof MongoException answer
                && ErrorCategory.fromErrorCode(answer.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }
}
