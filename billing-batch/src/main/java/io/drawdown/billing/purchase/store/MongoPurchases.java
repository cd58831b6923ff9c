package io.drawdown.billing.purchase.store;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.drawdown.billing.purchase.PurchaseDocument;
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
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

/** The purchases in MongoDB. */
@Singleton
public final class MongoPurchases
        implements PurchaseStore, IndexedStore, ReactivePanacheMongoRepositoryBase<PurchaseDocument, String> {

    private static final String ACCOUNT = "spec.account";
    private static final String PLACE = "agenda.place";
    private static final String DUE = "agenda.due";
    private static final String PENDING = "outbox.pending";

    private final MongoGuarded<PurchaseDocument> documents;
    private final ReactiveMongoCollection<PurchaseDocument> purchases;
    private final Executor core;

    MongoPurchases(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
        purchases = mongoCollection().withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        IndexOptions sparse = new IndexOptions().sparse(true);
        return purchases
                .createIndexes(List.of(
                        new IndexModel(Indexes.descending(PLACE)),
                        new IndexModel(Indexes.compoundIndex(Indexes.ascending(ACCOUNT), Indexes.descending(PLACE))),
                        new IndexModel(Indexes.ascending(DUE), sparse),
                        new IndexModel(Indexes.ascending(PENDING), sparse)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<PurchaseDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(PurchaseDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(PurchaseDocument before, PurchaseDocument next) {
        return documents.replace(before, next);
    }

    @Override
    public Uni<List<PurchaseDocument>> due(Instant asOf, int limit) {
        return found(
                lte(DUE, asOf), new FindOptions().sort(Sorts.ascending(DUE)).limit(limit));
    }

    @Override
    public Uni<List<PurchaseDocument>> page(@Nullable String account, @Nullable String after, int limit) {
        Bson place = after == null ? gt(PLACE, "") : lt(PLACE, after);
        Bson filter = account == null ? place : and(eq(ACCOUNT, account), place);
        return found(filter, new FindOptions().sort(Sorts.descending(PLACE)).limit(limit));
    }

    @Override
    public Uni<List<PurchaseDocument>> unsent(Instant pendingBefore, int limit) {
        return found(
                lt(PENDING, pendingBefore),
                new FindOptions().sort(Sorts.ascending(PENDING)).limit(limit));
    }

    private Uni<List<PurchaseDocument>> found(Bson filter, FindOptions options) {
        return StoreFaults.ofRead(purchases.find(filter, options).collect().asList())
                .emitOn(core);
    }
}
