package io.drawdown.tasks.store.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.result.UpdateResult;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.Recounted;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

/** The counters of all processes in MongoDB. There are few documents, and each is found by its id. */
@Singleton
public final class MongoCounters implements CounterStore, ReactivePanacheMongoRepositoryBase<InstanceCounters, String> {

    private static final String ID = "_id";

    private final ReactiveMongoCollection<InstanceCounters> counters;
    private final ReactiveMongoCollection<Recounted> recounts;
    private final Executor core;

    MongoCounters(Database database, MongoRecounts recounts) {
        this.counters = mongoCollection();
        this.recounts = recounts.mongoCollection();
        this.core = database.core();
    }

    /** The other collection of the counters. */
    @Singleton
    static final class MongoRecounts implements ReactivePanacheMongoRepositoryBase<Recounted, String> {}

    @Override
    public Uni<Void> begin(InstanceCounters first) {
        return isInserted(counters.insertOne(first)).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> publish(InstanceCounters next) {
        return isReplaced(counters.replaceOne(and(eq(ID, next.id()), lt("number", next.number())), next))
                .chain(isReplaced -> isReplaced ? Uni.createFrom().item(true) : isThere(next.id()));
    }

    private Uni<Boolean> isThere(String id) {
        return StoreFaults.ofRead(counters.find(eq(ID, id)).toUni())
                .map(found -> found != null)
                .emitOn(core);
    }

    @Override
    public Uni<List<InstanceCounters>> all(int limit) {
        return StoreFaults.ofRead(findAll().range(0, limit - 1).<InstanceCounters>list())
                .emitOn(core);
    }

    @Override
    public Uni<Recounted> recounted() {
        return StoreFaults.ofRead(recounts.find(eq(ID, Recounted.ID)).toUni())
                .onItem()
                .ifNull()
                .continueWith(Recounted.NEVER)
                .emitOn(core);
    }

    @Override
    public Uni<Boolean> replace(Recounted next) {
        return next.rev() == 1
                ? isInserted(recounts.insertOne(next))
                : isReplaced(recounts.replaceOne(and(eq(ID, next.id()), eq("rev", next.rev() - 1)), next));
    }

    @Override
    public Uni<Void> remove(Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : StoreFaults.ofWrite(counters.deleteMany(in(ID, ids)))
                        .emitOn(core)
                        .replaceWithVoid();
    }

    private Uni<Boolean> isInserted(Uni<?> insert) {
        return StoreFaults.ofWrite(insert.replaceWith(true)
                        .onFailure(MongoCounters::exists)
                        .recoverWithItem(false))
                .emitOn(core);
    }

    private static boolean exists(Throwable fault) {
        return fault instanceof MongoWriteException refused
                && refused.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    private Uni<Boolean> isReplaced(Uni<UpdateResult> write) {
        return StoreFaults.ofWrite(write)
                .map(done -> done.getMatchedCount() == 1)
                .emitOn(core);
    }
}
