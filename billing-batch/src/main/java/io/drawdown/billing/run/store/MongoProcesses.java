package io.drawdown.billing.run.store;

import com.mongodb.ReadPreference;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What is kept of processes in MongoDB. */
@Singleton
public final class MongoProcesses implements ProcessStore, ReactivePanacheMongoRepositoryBase<ProcessDocument, String> {

    private final MongoGuarded<ProcessDocument> documents;
    private final ReactiveMongoCollection<ProcessDocument> processes;
    private final Executor core;

    MongoProcesses(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
        processes = mongoCollection().withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    @Override
    public Uni<Optional<ProcessDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(ProcessDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(ProcessDocument before, ProcessDocument next) {
        return documents.replace(before, next);
    }

    @Override
    public Uni<List<ProcessDocument>> all() {
        return StoreFaults.ofRead(
                        processes.find(new FindOptions().limit(MOST)).collect().asList())
                .emitOn(core);
    }
}
