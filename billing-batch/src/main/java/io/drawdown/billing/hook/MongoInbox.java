package io.drawdown.billing.hook;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.Document;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

/** The inbox in MongoDB. */
@Singleton
public final class MongoInbox
        implements InboxStore, IndexedStore, ReactivePanacheMongoRepositoryBase<HintDocument, String> {

    private static final String ID = "_id";
    private static final String DUE = "due";
    private static final String RECEIVED = "receivedAt";

    private final MongoGuarded<HintDocument> documents;
    private final ReactiveMongoCollection<HintDocument> hints;
    private final Executor core;

    MongoInbox(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
        hints = mongoCollection().withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        return hints.createIndexes(List.of(
                        new IndexModel(Indexes.ascending(DUE), new IndexOptions().sparse(true)),
                        new IndexModel(Indexes.ascending(RECEIVED))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<HintDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(HintDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(HintDocument before, HintDocument next) {
        return documents.replace(before, next);
    }

    @Override
    public Uni<List<HintDocument>> due(Instant by, int limit) {
        FindOptions options = new FindOptions().sort(Sorts.ascending(DUE)).limit(limit);
        return StoreFaults.ofRead(hints.find(lte(DUE, by), options).collect().asList())
                .emitOn(core);
    }

    @Override
    public Uni<List<String>> doneBefore(Instant receivedBefore, String after, int limit) {
        FindOptions options = new FindOptions()
                .projection(Projections.include(ID))
                .sort(Sorts.ascending(ID))
                .limit(limit);
        return StoreFaults.ofRead(hints.find(
                                and(lt(RECEIVED, receivedBefore), eq(DUE, null), gt(ID, after)),
                                Document.class,
                                options)
                        .map(found -> found.getString(ID))
                        .collect()
                        .asList())
                .emitOn(core);
    }

    @Override
    public Uni<Void> remove(List<String> ids) {
        return StoreFaults.ofWrite(hints.deleteMany(in(ID, ids)).replaceWithVoid())
                .emitOn(core);
    }
}
