package io.drawdown.billing.item.store;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;

/** The items in MongoDB. */
@Singleton
public final class MongoItems
        implements ItemStore, IndexedStore, ReactivePanacheMongoRepositoryBase<ItemDocument, String> {

    private static final String ID = "_id";
    private static final String TURN = "life.turn";
    private static final String DUE = "agenda.due";
    private static final String NOTICE = "agenda.notice";
    private static final String PLACE = "agenda.place";
    private static final String STATUS = "agenda.status";
    private static final String TEAM = "spec.team";
    private static final String QUEUED_AT = "life.queuedAt";
    private static final String REV = "revision.rev";
    private static final String SEQ = "outbox.seq";
    private static final String ENTRIES = "outbox.entries";
    private static final String PENDING = "outbox.pending";

    private static final IndexOptions SPARSE = new IndexOptions().sparse(true);

    /** Items are kept for ever: whoever asks for those of a few states must not walk past all that are over. */
    static final List<IndexModel> INDEXES = List.of(
            new IndexModel(Indexes.ascending(TURN, ID)),
            new IndexModel(Indexes.ascending(STATUS, TURN, ID)),
            new IndexModel(Indexes.ascending(TEAM, TURN, ID)),
            new IndexModel(Indexes.ascending(TEAM, STATUS, TURN, ID)),
            new IndexModel(Indexes.ascending(PLACE), SPARSE),
            new IndexModel(Indexes.ascending(PENDING), SPARSE));

    private final MongoGuarded<ItemDocument> documents;
    private final ReactiveMongoCollection<ItemDocument> items;
    private final Executor core;

    @Inject
    MongoItems(Database database) {
        ReactiveMongoCollection<ItemDocument> collection = mongoCollection();
        documents = new MongoGuarded<>(collection, database);
        items = collection.withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    /** The documents of that collection, for a process without Panache. */
    public MongoItems(ReactiveMongoCollection<ItemDocument> collection, Database database) {
        documents = new MongoGuarded<>(collection, database);
        items = collection.withReadPreference(ReadPreference.primary());
        core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        return items.createIndexes(INDEXES).replaceWithVoid();
    }

    @Override
    public Uni<Optional<ItemDocument>> get(String id) {
        return documents.get(id);
    }

    @Override
    public Uni<Boolean> insert(ItemDocument document) {
        return documents.insert(document);
    }

    @Override
    public Uni<Boolean> replace(ItemDocument before, ItemDocument next) {
        return documents.replace(before, next);
    }

    @Override
    public Uni<List<ItemDocument>> due(Instant asOf, @Nullable Turn after, int limit) {
        return onAgenda(lte(DUE, asOf), after, limit);
    }

    @Override
    public Uni<List<ItemDocument>> old(Instant queuedBefore, @Nullable Turn after, int limit) {
        List<ItemStatus> mayExpire =
                Arrays.stream(ItemStatus.values()).filter(ItemStatus::mayExpire).toList();
        return onAgenda(and(lt(QUEUED_AT, queuedBefore), isOneOf(mayExpire)), after, limit);
    }

    @Override
    public Uni<List<ItemDocument>> untold(@Nullable Turn after, int limit) {
        return onAgenda(gt(NOTICE, Instant.EPOCH), after, limit);
    }

    /** Walks past no item with which runs are done. */
    private Uni<List<ItemDocument>> onAgenda(Bson wanted, @Nullable Turn after, int limit) {
        Bson filter = and(gt(PLACE, after == null ? "" : after.cursor()), wanted);
        return found(filter, new FindOptions().sort(Sorts.ascending(PLACE)).limit(limit));
    }

    @Override
    public Uni<List<ItemDocument>> page(Filter filter, @Nullable Turn after, int limit) {
        List<Bson> wanted = new ArrayList<>();
        wanted.add(gt(ID, ""));
        if (filter.team() != null) {
            wanted.add(eq(TEAM, filter.team()));
        }
        if (!filter.statuses().isEmpty()) {
            wanted.add(isOneOf(filter.statuses()));
        }
        return inTurn(and(wanted), after, limit);
    }

    private static Bson isOneOf(List<ItemStatus> statuses) {
        return in(STATUS, statuses.stream().map(Enum::name).toList());
    }

    private Uni<List<ItemDocument>> inTurn(Bson wanted, @Nullable Turn after, int limit) {
        Bson filter = after == null
                ? wanted
                : and(wanted, gte(TURN, after.at()), or(gt(TURN, after.at()), gt(ID, after.id())));
        return found(filter, new FindOptions().sort(Sorts.ascending(TURN, ID)).limit(limit));
    }

    @Override
    public Uni<Map<ItemStatus, Long>> counts(String team) {
        List<Bson> pipeline =
                List.of(Aggregates.match(eq(TEAM, team)), Aggregates.group("$" + STATUS, Accumulators.sum("count", 1)));
        return StoreFaults.ofRead(
                        items.aggregate(pipeline, Document.class).collect().asList())
                .map(found -> found.stream()
                        .collect(Collectors.toMap(
                                each -> ItemStatus.valueOf(each.getString(ID)),
                                each -> ((Number) Objects.requireNonNull(each.get("count"))).longValue())))
                .emitOn(core);
    }

    @Override
    public Uni<List<ItemDocument>> unsent(Instant pendingBefore, int limit) {
        return found(
                lt(PENDING, pendingBefore),
                new FindOptions().sort(Sorts.ascending(PENDING)).limit(limit));
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        Bson emptied = Updates.combine(Updates.unset(ENTRIES), Updates.unset(PENDING), Updates.inc(REV, 1L));
        List<UpdateOneModel<ItemDocument>> trims = drainedTo.entrySet().stream()
                .map(each ->
                        new UpdateOneModel<ItemDocument>(and(eq(ID, each.getKey()), eq(SEQ, each.getValue())), emptied))
                .toList();
        return trims.isEmpty()
                ? Uni.createFrom().voidItem()
                : StoreFaults.ofWrite(items.bulkWrite(trims, new BulkWriteOptions().ordered(false)))
                        .emitOn(core)
                        .replaceWithVoid();
    }

    private Uni<List<ItemDocument>> found(Bson filter, FindOptions options) {
        return StoreFaults.ofRead(items.find(filter, options).collect().asList())
                .emitOn(core);
    }
}
