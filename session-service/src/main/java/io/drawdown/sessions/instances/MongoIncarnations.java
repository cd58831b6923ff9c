package io.drawdown.sessions.instances;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.drawdown.kit.store.DecidingReads;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.expr;

/** The leases in MongoDB, on its own time: {@code $currentDate} writes it and {@code $$NOW} compares with it. */
public final class MongoIncarnations implements IncarnationStore {

    private static final String COLLECTION = "instances";
    private static final Bson RENEWAL = Updates.currentDate("renewedAt");

    private final ReactiveMongoCollection<Incarnation> incarnations;
    private final DecidingReads<Incarnation> reads;
    private final Executor core;

    /** @param core where answers arrive */
    public MongoIncarnations(ReactiveMongoClient client, String database, boolean isLinearizable, Executor core) {
        this.incarnations = client.getDatabase(database).getCollection(COLLECTION, Incarnation.class);
        this.reads = new DecidingReads<>(
                client, new DecidingReads.Place(database, COLLECTION), Incarnation.class, isLinearizable);
        this.core = core;
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
    public Uni<Fencing> fence(String incarnation, Duration lease) {
        Bson hasRunOut = expr(
                new Document("$lt", List.of(new Document("$add", List.of("$renewedAt", lease.toMillis())), "$$NOW")));
        return written(incarnations.updateOne(and(unfenced(incarnation), hasRunOut), Updates.set("fenced", true)))
                .chain(() -> reads.byId(incarnation))
                .emitOn(core)
                .map(MongoIncarnations::fencing);
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return written(incarnations.updateOne(eq("_id", incarnation), Updates.set("fenced", true)))
                .replaceWithVoid();
    }

    /** Once fenced, {@code renewedAt} does not change any more, so it may be read afterwards. */
    private static Fencing fencing(@Nullable Incarnation found) {
        if (found == null) {
            return new Fencing.Unknown();
        }
        return found.fenced() ? new Fencing.Fenced(found.renewedAt()) : new Fencing.Alive();
    }

    private static Bson unfenced(String incarnation) {
        return and(eq("_id", incarnation), eq("fenced", false));
    }

    private <T> Uni<T> written(Uni<T> write) {
        return StoreFaults.ofWrite(write).emitOn(core);
    }
}
