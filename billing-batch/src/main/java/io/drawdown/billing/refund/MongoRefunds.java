package io.drawdown.billing.refund;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
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

import static com.mongodb.client.model.Filters.lt;

/** What became of money that was taken, in MongoDB. */
@Singleton
public final class MongoRefunds
        implements RefundStore, IndexedStore, ReactivePanacheMongoRepositoryBase<RefundDocument, String> {

    private static final String PENDING = "outbox.pending";

    private final MongoGuarded<RefundDocument> documents;
    private final ReactiveMongoCollection<RefundDocument> refunds;
    private final Executor core;

    MongoRefunds(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
        refunds = mongoCollection().withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        return refunds.createIndex(Indexes.ascending(PENDING), new IndexOptions().sparse(true))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<RefundDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(RefundDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(RefundDocument before, RefundDocument next) {
        return documents.replace(before, next);
    }

    @Override
    public Uni<List<RefundDocument>> unsent(Instant pendingBefore, int limit) {
        FindOptions options = new FindOptions().sort(Sorts.ascending(PENDING)).limit(limit);
        return StoreFaults.ofRead(refunds.find(lt(PENDING, pendingBefore), options)
                        .collect()
                        .asList())
                .emitOn(core);
    }
}
