package io.drawdown.billing.run.store;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

/** The runs in MongoDB. Their ids begin with the time, so the order of the ids is that of the runs. */
@Singleton
public final class MongoRuns
        implements RunStore, IndexedStore, ReactivePanacheMongoRepositoryBase<RunDocument, String> {

    private static final String ID = "_id";
    private static final String PENDING = "pending";
    private static final String ENDED = "state.name";
    private static final String ENDED_AT = "state.endedAt";

    private final MongoGuarded<RunDocument> documents;
    private final ReactiveMongoCollection<RunDocument> runs;
    private final Executor core;

    MongoRuns(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
        runs = mongoCollection().withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        IndexOptions sparse = new IndexOptions().sparse(true);
        return runs.createIndexes(List.of(
                        new IndexModel(Indexes.ascending(PENDING), sparse),
                        new IndexModel(Indexes.ascending(ENDED_AT), sparse)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<RunDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(RunDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(RunDocument before, RunDocument next) {
        return documents.replace(before, next);
    }

    @Override
    public Uni<List<RunDocument>> page(@Nullable String before, int limit) {
        Bson wanted = before == null ? gt(ID, "") : and(gt(ID, ""), lt(ID, before));
        return found(wanted, new FindOptions().sort(Sorts.descending(ID)).limit(limit));
    }

    @Override
    public Uni<List<RunDocument>> unsent(Instant endedBefore, int limit) {
        return found(
                lt(PENDING, endedBefore),
                new FindOptions().sort(Sorts.ascending(PENDING)).limit(limit));
    }

    @Override
    public Uni<Void> published(Collection<String> ids) {
        return StoreFaults.ofWrite(runs.updateMany(in(ID, ids), Updates.unset(PENDING)))
                .emitOn(core)
                .replaceWithVoid();
    }

    @Override
    public Uni<List<String>> endedBefore(Instant end, String after, int limit) {
        Bson removable = and(gt(ID, after), lt(ENDED_AT, end), eq(PENDING, null));
        return found(removable, new FindOptions().sort(Sorts.ascending(ID)).limit(limit))
                .map(found -> found.stream().map(RunDocument::id).toList());
    }

    @Override
    public Uni<Void> remove(Collection<String> ids) {
        return StoreFaults.ofWrite(runs.deleteMany(and(in(ID, ids), eq(ENDED, "ENDED"))))
                .emitOn(core)
                .replaceWithVoid();
    }

    private Uni<List<RunDocument>> found(Bson filter, FindOptions options) {
        return StoreFaults.ofRead(runs.find(filter, options).collect().asList()).emitOn(core);
    }
}
