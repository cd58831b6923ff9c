package io.drawdown.billing.item.store;

import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The teams' documents in MongoDB. They are found by their id alone. */
@Singleton
public final class MongoTeams implements TeamStore, ReactivePanacheMongoRepositoryBase<TeamDocument, String> {

    private final MongoGuarded<TeamDocument> documents;

    @Inject
    MongoTeams(Database database) {
        documents = new MongoGuarded<>(mongoCollection(), database);
    }

    /** The documents of that collection, for a process without Panache. */
    public MongoTeams(ReactiveMongoCollection<TeamDocument> collection, Database database) {
        documents = new MongoGuarded<>(collection, database);
    }

    @Override
    public Uni<Optional<TeamDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(TeamDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(TeamDocument before, TeamDocument next) {
        return documents.replace(before, next);
    }
}
