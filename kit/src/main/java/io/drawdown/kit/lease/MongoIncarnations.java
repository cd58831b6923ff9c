package io.drawdown.kit.lease;

import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.drawdown.kit.lease.Incarnation.Ending;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.LinearizableReads;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.conversions.Bson;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;

/**
 * The leases in the collection {@code instances} of the service's own database. It is not a bean, so a service without
 * leases has none: a service with leases makes one of its {@link Database}.
 */
public final class MongoIncarnations
        implements IncarnationStore, ReactivePanacheMongoRepositoryBase<Incarnation, String> {

    private static final String FENCED = "fenced";
    private static final String RENEWED_AT = "renewedAt";
    private static final Bson RENEWAL = Updates.combine(Updates.inc("renewals", 1L), Updates.currentDate(RENEWED_AT));
    private static final Bson SURVIVAL = Updates.set("survived", true);

    private final ReactiveMongoCollection<Incarnation> incarnations;
    private final LinearizableReads<Incarnation> reads;
    private final Executor core;

    public MongoIncarnations(Database database) {
        this.incarnations = mongoCollection();
        this.reads = database.latest(incarnations);
        this.core = database.core();
    }

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        Bson update = Updates.combine(
                Updates.setOnInsert("schema", Incarnation.SCHEMA),
                Updates.setOnInsert("instance", instance),
                Updates.setOnInsert(FENCED, false),
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
        return written(incarnations.updateOne(asSeen, ending(Ending.FENCED))).replaceWithVoid();
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return written(incarnations.updateOne(unfenced(incarnation), ending(Ending.RELEASED)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> survived(String incarnation) {
        Bson fenced = and(eq("_id", incarnation), eq(FENCED, true));
        return written(incarnations.updateOne(fenced, SURVIVAL)).replaceWithVoid();
    }

    @Override
    public Uni<List<Incarnation>> others(String incarnation, int limit) {
        return some(and(eq(FENCED, false), ne("_id", incarnation)), Sorts.ascending("_id"), limit);
    }

    @Override
    public Uni<List<String>> fencedSince(Instant since, int limit) {
        return some(and(eq(FENCED, true), gt(RENEWED_AT, since)), Sorts.descending(RENEWED_AT), limit)
                .map(found -> found.stream().map(Incarnation::id).toList());
    }

    @Override
    public Uni<Void> removeFencedBefore(Instant renewed) {
        return written(incarnations.deleteMany(and(eq(FENCED, true), lt(RENEWED_AT, renewed))))
                .replaceWithVoid();
    }

    private static Bson ending(Ending how) {
        return Updates.combine(Updates.set(FENCED, true), Updates.set("ended", how.name()));
    }

    private static Bson unfenced(String incarnation) {
        return and(eq("_id", incarnation), eq(FENCED, false));
    }

    private Uni<List<Incarnation>> some(Bson filter, Bson sort, int limit) {
        return StoreFaults.ofRead(find(filter, sort).range(0, limit - 1).<Incarnation>list())
                .emitOn(core);
    }

    private <T> Uni<T> written(Uni<T> write) {
        return StoreFaults.ofWrite(write).emitOn(core);
    }
}
