package io.drawdown.billing.topup.store;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.Off;
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
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;

/** The top-ups in MongoDB. */
@Singleton
public final class MongoTopUps
        implements TopUpStore, IndexedStore, ReactivePanacheMongoRepositoryBase<TopUpDocument, String> {

    private static final String ID = "_id";
    private static final String DUE = "due";
    private static final String OFF = "power.reason";
    private static final String NOTICE = "notice.n";

    private final MongoGuarded<TopUpDocument> documents;
    private final ReactiveMongoCollection<TopUpDocument> topUps;
    private final Executor core;

    MongoTopUps(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
        topUps = mongoCollection().withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        IndexOptions sparse = new IndexOptions().sparse(true);
        return topUps.createIndexes(List.of(
                        new IndexModel(Indexes.ascending(DUE), sparse),
                        new IndexModel(Indexes.ascending(NOTICE), sparse)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<TopUpDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(TopUpDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(TopUpDocument before, TopUpDocument next) {
        return documents.replace(before, next);
    }

    @Override
    public Uni<List<TopUpDocument>> due(Instant asOf, int limit) {
        return found(
                lte(DUE, asOf), new FindOptions().sort(Sorts.ascending(DUE)).limit(limit));
    }

    @Override
    public Uni<List<TopUpDocument>> watched(@Nullable String afterAccount, int limit) {
        return inOrder(or(eq(OFF, null), eq(OFF, Off.FAILURES.name())), afterAccount, limit);
    }

    @Override
    public Uni<List<TopUpDocument>> noticesDue(@Nullable String afterAccount, int limit) {
        return inOrder(gt(NOTICE, 0L), afterAccount, limit);
    }

    private Uni<List<TopUpDocument>> inOrder(Bson wanted, @Nullable String afterAccount, int limit) {
        Bson filter = afterAccount == null ? wanted : and(gt(ID, afterAccount), wanted);
        return found(filter, new FindOptions().sort(Sorts.ascending(ID)).limit(limit));
    }

    private Uni<List<TopUpDocument>> found(Bson filter, FindOptions options) {
        return StoreFaults.ofRead(topUps.find(filter, options).collect().asList())
                .emitOn(core);
    }
}
