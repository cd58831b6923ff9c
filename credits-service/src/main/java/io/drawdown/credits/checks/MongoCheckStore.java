package io.drawdown.credits.checks;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.Guarded;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.conversions.Bson;

/** The collection {@code checks}. One instance writes a report; the guard keeps a late sign of life from undoing its end. */
@Singleton
public final class MongoCheckStore implements CheckStore, ReactivePanacheMongoRepositoryBase<CheckReport, String> {

    private static final ReplaceOptions OR_INSERT = new ReplaceOptions().upsert(true);

    private final Executor core;

    MongoCheckStore(Database database) {
        this.core = database.core();
    }

    @Override
    public Uni<Void> save(CheckReport report) {
        Bson running =
                Filters.and(Filters.eq("_id", report.id()), Filters.eq("state", CheckReport.State.RUNNING.name()));
        return StoreFaults.ofWrite(mongoCollection().replaceOne(running, report, OR_INSERT))
                .replaceWithVoid()
                .onFailure(Guarded::isDuplicate)
                .recoverWithNull()
                .emitOn(core);
    }

    @Override
    public Uni<Optional<CheckReport>> report(String id) {
        return StoreFaults.ofRead(findByIdOptional(id)).emitOn(core);
    }
}
