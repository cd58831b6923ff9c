package io.drawdown.checkpoints.runs;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.drawdown.checkpoints.config.WorkerConfig;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The summaries in the database. A server with TTL indexes also drops those that are older than a week. */
@Singleton
public final class MongoRuns implements RunStore {

    private static final long DAYS_KEPT = 7;
    private static final Bson NEWEST_FIRST = Sorts.descending("_id");

    private final ReactiveMongoCollection<Run> runs;
    private final int kept;

    MongoRuns(ReactiveMongoClient client, WorkerConfig config) {
        this.runs = client.getDatabase(config.database()).getCollection("runs", Run.class);
        this.kept = config.checkpoint().keptRuns();
    }

    /** Makes the indexes. */
    public Uni<Void> prepare() {
        IndexOptions expiry = new IndexOptions().expireAfter(DAYS_KEPT, TimeUnit.DAYS);
        return StoreFaults.ofWrite(runs.createIndex(Indexes.ascending("startedAt"), expiry))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> save(Run run) {
        return StoreFaults.ofWrite(runs.insertOne(run)).replaceWithVoid();
    }

    /** The summaries before {@code cursor}, newest first. */
    Uni<List<Run>> page(@Nullable String cursor, int limit) {
        Bson before = cursor == null ? Filters.empty() : Filters.lt("_id", cursor);
        FindOptions page = new FindOptions().filter(before).sort(NEWEST_FIRST).limit(limit);
        return StoreFaults.ofRead(runs.find(page).collect().asList());
    }

    /** Deletes all summaries but the newest. */
    Uni<Void> prune() {
        FindOptions newestTooMany =
                new FindOptions().sort(NEWEST_FIRST).skip(kept).limit(1);
        return StoreFaults.ofRead(runs.find(newestTooMany).toUni()).chain(this::deleteFrom);
    }

    private Uni<Void> deleteFrom(@Nullable Run newest) {
        return newest == null
                ? Uni.createFrom().voidItem()
                : StoreFaults.ofWrite(runs.deleteMany(Filters.lte("_id", newest.id())))
                        .replaceWithVoid();
    }
}
