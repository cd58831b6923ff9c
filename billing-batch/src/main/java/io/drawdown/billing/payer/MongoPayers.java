package io.drawdown.billing.payer;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.Filters;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.Guarded;
import io.drawdown.kit.store.LinearizableReads;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The payers' documents in MongoDB. They are found by their id alone. */
@Singleton
public final class MongoPayers implements PayerStore, ReactivePanacheMongoRepositoryBase<PayerDocument, String> {

    private final ReactiveMongoCollection<PayerDocument> payers;
    private final LinearizableReads<PayerDocument> deciding;
    private final Executor core;

    @Inject
    MongoPayers(Database database) {
        ReactiveMongoCollection<PayerDocument> collection = mongoCollection();
        this.deciding = database.latest(collection);
        this.payers = collection.withReadPreference(ReadPreference.primary());
        this.core = database.core();
    }

    /** The documents of that collection, for a process without Panache. */
    public MongoPayers(ReactiveMongoCollection<PayerDocument> collection, Database database) {
        this.deciding = database.latest(collection);
        this.payers = collection.withReadPreference(ReadPreference.primary());
        this.core = database.core();
    }

    @Override
    public Uni<Optional<PayerDocument>> get(String id) {
        return deciding.byId(id).map(Optional::ofNullable).emitOn(core);
    }

    @Override
    public Uni<Boolean> insert(PayerDocument document) {
        return Guarded.insert(payers, document).emitOn(core);
    }

    @Override
    public Uni<Boolean> replace(PayerDocument before, PayerDocument next) {
        return Guarded.replace(
                        payers,
                        Filters.and(Filters.eq("_id", before.id()), Filters.eq("revision.rev", before.rev())),
                        next)
                .emitOn(core);
    }
}
