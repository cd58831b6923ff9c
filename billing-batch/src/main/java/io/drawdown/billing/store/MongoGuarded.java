package io.drawdown.billing.store;

import com.mongodb.ReadPreference;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.Guarded;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.LinearizableReads;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.Executor;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

/** The guarded documents of one collection; their guard is the field {@code revision.rev}. */
public final class MongoGuarded<D extends GuardedDocument> implements GuardedStore<D> {

    private final ReactiveMongoCollection<D> documents;
    private final LinearizableReads<D> deciding;
    private final Executor core;

    public MongoGuarded(ReactiveMongoCollection<D> collection, Database database) {
        this.deciding = database.latest(collection);
        this.documents = collection.withReadPreference(ReadPreference.primary());
        this.core = database.core();
    }

    @Override
    public Uni<Optional<D>> get(String id) {
        return deciding.byId(id).map(Optional::ofNullable).emitOn(core);
    }

    @Override
    public Uni<Boolean> insert(D document) {
        return Guarded.insert(documents, document).emitOn(core);
    }

    @Override
    public Uni<Boolean> replace(D before, D next) {
        return Guarded.replace(documents, and(eq("_id", before.id()), eq("revision.rev", before.rev())), next)
                .emitOn(core);
    }
}
