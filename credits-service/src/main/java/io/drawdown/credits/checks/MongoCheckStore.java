package io.drawdown.credits.checks;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.Guarded;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.conversions.Bson;

/** The collection {@code checks}. One process writes a report; the guard keeps a late sign of life from undoing its end. */
public final class MongoCheckStore implements CheckStore {

    private static final ReplaceOptions OR_INSERT = new ReplaceOptions().upsert(true);

    private final ReactiveMongoCollection<CheckReport> checks;
    private final Executor core;

    public MongoCheckStore(Database database) {
        this.checks = database.collection("checks", CheckReport.class);
        this.core = database.core();
    }

    @Override
    public Uni<Void> save(CheckReport report) {
        Bson running =
                Filters.and(Filters.eq("_id", report.id()), Filters.eq("state", CheckReport.State.RUNNING.name()));
        return StoreFaults.ofWrite(checks.replaceOne(running, report, OR_INSERT))
                .replaceWithVoid()
                .onFailure(Guarded::isDuplicate)
                .recoverWithNull()
                .emitOn(core);
    }

    @Override
    public Uni<Optional<CheckReport>> find(String id) {
        return StoreFaults.ofRead(checks.find(Filters.eq("_id", id)).collect().first())
                .map(Optional::ofNullable)
                .emitOn(core);
    }
}
