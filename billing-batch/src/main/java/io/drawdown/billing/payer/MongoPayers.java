package io.drawdown.billing.payer;

import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The payers' documents in MongoDB. They are found by their id alone. */
@Singleton
public final class MongoPayers implements PayerStore, ReactivePanacheMongoRepositoryBase<PayerDocument, String> {

    private final MongoGuarded<PayerDocument> documents;

    @Inject
    MongoPayers(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
    }

    /** The documents of that collection, for a process without Panache. */
    public MongoPayers(ReactiveMongoCollection<PayerDocument> collection, Database database) {
        documents = new MongoGuarded<>(collection, database);
    }

    @Override
    public Uni<Optional<PayerDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(PayerDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(PayerDocument before, PayerDocument next) {
        return documents.replace(before, next);
    }
}
