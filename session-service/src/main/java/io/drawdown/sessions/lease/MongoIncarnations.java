package io.drawdown.sessions.lease;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.LinearizableReads;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.conversions.Bson;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

/** The leases in MongoDB. */
@Singleton
public final class MongoIncarnations
        implements IncarnationStore, ReactivePanacheMongoRepositoryBase<Incarnation, String> {

    private static final Bson RENEWAL = Updates.combine(Updates.inc("renewals", 1L), Updates.currentDate("renewedAt"));
    private static final Bson FENCING = Updates.set("fenced", true);

    private final ReactiveMongoCollection<Incarnation> incarnations;
    private final LinearizableReads<Incarnation> reads;
    private final Executor core;

    MongoIncarnations(Database database) {
        this.incarnations = mongoCollection();
        this.reads = database.latest(incarnations);
        this.core = database.core();
    }

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        Bson update = Updates.combine(
                Updates.setOnInsert("schema", Incarnation.SCHEMA),
                Updates.setOnInsert("instance", instance),
                Updates.setOnInsert("fenced", false),
                RENEWAL);
        return written(incarnations.updateOne(eq("_id", incarnation), update, new UpdateOptions().upsert(true)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> renew(String incarnation) {
        return written(incarnations.updateOne(unfenced(incarnation), RENEWAL)).map(done -> done.getMatchedCount() == 1);
    }

    @Override
    public Uni<Optional<Incarnation>> get(String incarnation) {
        return reads.byId(incarnation).map(Optional::ofNullable).emitOn(core);
    }

    @Override
    public Uni<Void> fence(Incarnation seen) {
        Bson asSeen = and(unfenced(seen.id()), eq("renewals", seen.renewals()));
        return written(incarnations.updateOne(asSeen, FENCING)).replaceWithVoid();
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return written(incarnations.updateOne(eq("_id", incarnation), FENCING)).replaceWithVoid();
    }

    private static Bson unfenced(String incarnation) {
        return and(eq("_id", incarnation), eq("fenced", false));
    }

    private <T> Uni<T> written(Uni<T> write) {
        return StoreFaults.ofWrite(write).emitOn(core);
    }
}
