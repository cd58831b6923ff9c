package io.drawdown.checkpoints.runs;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.drawdown.checkpoints.config.WorkerConfig;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The runs in the database. A server with TTL indexes also drops those that are older than a week. */
@Singleton
public final class MongoRuns implements RunStore, IndexedStore, ReactivePanacheMongoRepositoryBase<Run, String> {

    private static final long DAYS_KEPT = 7;
    private static final Bson NEWEST_FIRST = Sorts.descending("_id");

    private final int kept;

    MongoRuns(WorkerConfig config) {
        this.kept = config.checkpoint().keptRuns();
    }

    @Override
    public Uni<Void> createIndexes() {
        IndexOptions expiry = new IndexOptions().expireAfter(DAYS_KEPT, TimeUnit.DAYS);
        return StoreFaults.ofWrite(mongoCollection().createIndex(Indexes.ascending("startedAt"), expiry))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> save(Run run) {
        return StoreFaults.ofWrite(persist(run)).replaceWithVoid();
    }

    /** The runs before {@code cursor}, newest first. */
    Uni<List<Run>> page(@Nullable String cursor, int limit) {
        Bson before = cursor == null ? Filters.empty() : Filters.lt("_id", cursor);
        return StoreFaults.ofRead(find(before, NEWEST_FIRST).range(0, limit - 1).<Run>list());
    }

    /** Deletes all runs but the newest. */
    Uni<Void> prune() {
        return StoreFaults.ofRead(
                        find(Filters.empty(), NEWEST_FIRST).range(kept, kept).<Run>firstResult())
                .chain(this::deleteFrom);
    }

    private Uni<Void> deleteFrom(@Nullable Run newest) {
        return newest == null
                ? Uni.createFrom().voidItem()
                : StoreFaults.ofWrite(delete(Filters.lte("_id", newest.id()))).replaceWithVoid();
    }
}
