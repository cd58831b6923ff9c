package io.drawdown.billing.payer;

import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.GuardedStore;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The fingerprints' documents in MongoDB. They are found by their id alone. */
@Singleton
public final class MongoFingerprints
        implements GuardedStore<FingerprintDocument>, ReactivePanacheMongoRepositoryBase<FingerprintDocument, String> {

    private final MongoGuarded<FingerprintDocument> documents;

    MongoFingerprints(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
    }

    @Override
    public Uni<Optional<FingerprintDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(FingerprintDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(FingerprintDocument before, FingerprintDocument next) {
        return documents.replace(before, next);
    }
}
