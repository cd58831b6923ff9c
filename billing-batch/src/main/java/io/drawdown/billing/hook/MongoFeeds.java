package io.drawdown.billing.hook;

import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.GuardedStore;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** How far Stripe's events were read, in MongoDB. */
@Singleton
public final class MongoFeeds
        implements GuardedStore<FeedDocument>, ReactivePanacheMongoRepositoryBase<FeedDocument, String> {

    private final MongoGuarded<FeedDocument> documents;

    MongoFeeds(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
    }

    @Override
    public Uni<Optional<FeedDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(FeedDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(FeedDocument before, FeedDocument next) {
        return documents.replace(before, next);
    }
}
