package io.drawdown.billing.run.store;

import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.GuardedStore;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The document of the runner in MongoDB. */
@Singleton
public final class MongoRunner
        implements GuardedStore<RunnerDocument>, ReactivePanacheMongoRepositoryBase<RunnerDocument, String> {

    private final MongoGuarded<RunnerDocument> documents;

    MongoRunner(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
    }

    @Override
    public Uni<Optional<RunnerDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(RunnerDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(RunnerDocument before, RunnerDocument next) {
        return documents.replace(before, next);
    }
}
