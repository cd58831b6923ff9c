package io.drawdown.tasks.store.mongo;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.LinearizableReads;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

/** The tasks' documents in MongoDB. The client shows what a majority has. */
@Singleton
public final class MongoTasks
        implements TaskStore, IndexedStore, ReactivePanacheMongoRepositoryBase<TaskDocument, String> {

    private static final Bson ID_ONLY = Projections.include(Fields.ID);
    private static final Bson STANDING = Projections.include(Fields.TYPE, Fields.LANE, Fields.TENANT, Fields.STATE);

    private final ReactiveMongoCollection<TaskDocument> tasks;
    private final LinearizableReads<TaskDocument> deciding;
    private final BulkWrites bulks;
    private final Executor core;

    @Inject
    MongoTasks(Database database) {
        ReactiveMongoCollection<TaskDocument> collection = mongoCollection();
        this.deciding = database.latest(collection);
        this.tasks = collection.withReadPreference(ReadPreference.primary());
        this.bulks = new BulkWrites(tasks);
        this.core = database.core();
    }

    /** The documents of that collection, for a process without Panache. */
    public MongoTasks(ReactiveMongoCollection<TaskDocument> collection, Database database) {
        this.deciding = database.latest(collection);
        this.tasks = collection.withReadPreference(ReadPreference.primary());
        this.bulks = new BulkWrites(tasks);
        this.core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        return tasks.createIndexes(TaskIndexes.ALL).replaceWithVoid();
    }

    @Override
    public Uni<Optional<TaskDocument>> get(String id) {
        return deciding.byId(id).map(Optional::ofNullable).emitOn(core);
    }

    @Override
    public Uni<List<TaskDocument>> getAll(Collection<String> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of()) : documents(in(Fields.ID, ids), new FindOptions());
    }

    @Override
    public Uni<Optional<TaskDocument>> holderOf(String uniqueHash) {
        return deciding.first(eq(Fields.UNIQUE, uniqueHash))
                .map(Optional::ofNullable)
                .emitOn(core);
    }

    @Override
    public Uni<Optional<TaskDocument>> headOf(String orderHash) {
        return documents(eq(Fields.ORDER_KEY, orderHash), first(1).sort(Sorts.ascending(Fields.ORDER_SEQ)))
                .map(found -> found.stream().findFirst());
    }

    @Override
    public Uni<List<Boolean>> insertAll(List<TaskDocument> documents) {
        return bulks.insert(documents).emitOn(core);
    }

    @Override
    public Uni<Set<String>> replaceAll(List<TaskDocument> next) {
        return bulks.replace(next).emitOn(core);
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        Bson emptied = Updates.combine(Updates.unset(Fields.ENTRIES), Updates.unset(Fields.PENDING));
        List<UpdateOneModel<TaskDocument>> trims = drainedTo.entrySet().stream()
                .map(each -> new UpdateOneModel<TaskDocument>(
                        and(eq(Fields.ID, each.getKey()), eq(Fields.OUTBOX_SEQ, each.getValue())), emptied))
                .toList();
        return trims.isEmpty()
                ? Uni.createFrom().voidItem()
                : StoreFaults.ofWrite(tasks.bulkWrite(trims, new BulkWriteOptions().ordered(false)))
                        .emitOn(core)
                        .replaceWithVoid();
    }

    @Override
    public Uni<List<TaskDocument>> unsent(Instant from, Instant end, int limit) {
        return documents(
                and(gt(Fields.PENDING, from.minusMillis(1)), lt(Fields.PENDING, end)),
                first(limit).sort(Sorts.ascending(Fields.PENDING)));
    }

    @Override
    public Uni<Boolean> isAnyReady() {
        FindOptions any = first(1).sort(Sorts.ascending(Fields.READY_QUEUE)).projection(ID_ONLY);
        return rows(gt(Fields.READY_QUEUE, ""), any, MongoTasks::idOf).map(found -> !found.isEmpty());
    }

    @Override
    public Uni<Optional<String>> nextTenant(String queue, Lane lane, String afterTenant) {
        FindOptions next = first(1).sort(Sorts.ascending(Fields.READY_TENANT))
                .projection(Projections.include(Fields.READY_TENANT));
        return rows(and(ready(queue, lane), gt(Fields.READY_TENANT, afterTenant)), next, MongoTasks::tenantOf)
                .map(found -> found.stream().findFirst());
    }

    @Override
    public Uni<List<TaskDocument>> ready(String queue, Lane lane, String tenant, int limit) {
        return documents(
                and(ready(queue, lane), eq(Fields.READY_TENANT, tenant)),
                first(limit).sort(Sorts.ascending(Fields.READY_AT)));
    }

    @Override
    public Uni<List<DueTask>> dueBefore(Instant end, int limit) {
        FindOptions earliest =
                first(limit).sort(Sorts.ascending(Fields.DUE_AT)).projection(Projections.include(Fields.DUE_AT));
        return rows(lt(Fields.DUE_AT, end), earliest, MongoTasks::dueOf);
    }

    @Override
    public Uni<List<OwnedTask>> ownedBy(Collection<String> owners, String afterId, int limit) {
        FindOptions byId = first(limit)
                .sort(Sorts.ascending(Fields.ID))
                .projection(Projections.include(Fields.OWNER, Fields.FENCE));
        return rows(and(in(Fields.OWNER, owners), gt(Fields.ID, afterId)), byId, MongoTasks::ownedOf);
    }

    @Override
    public Uni<List<String>> cancelAsked(String owner, int limit) {
        return rows(eq(Fields.CANCEL_FOR, owner), first(limit).projection(ID_ONLY), MongoTasks::idOf);
    }

    @Override
    public Uni<List<TaskDocument>> leasedIn(Collection<String> slots) {
        return documents(in(Fields.LEASE_SLOT, slots), new FindOptions());
    }

    @Override
    public Uni<List<String>> leasedUntilBefore(Instant end, int limit) {
        return earliestBefore(Fields.LEASE_UNTIL, end, limit);
    }

    @Override
    public Uni<List<String>> expiredBefore(Instant end, int limit) {
        return earliestBefore(Fields.EXPIRES_AT, end, limit);
    }

    @Override
    public Uni<List<String>> resultsBefore(Instant end, int limit) {
        return earliestBefore(Fields.RESULT_UNTIL, end, limit);
    }

    private Uni<List<String>> earliestBefore(String field, Instant end, int limit) {
        return rows(lt(field, end), first(limit).sort(Sorts.ascending(field)).projection(ID_ONLY), MongoTasks::idOf);
    }

    @Override
    public Uni<List<Standing>> removeBefore(Instant end, int limit) {
        FindOptions earliest =
                first(limit).sort(Sorts.ascending(Fields.REMOVE_AT)).projection(STANDING);
        return rows(removable(end), earliest, MongoTasks::countedOf)
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(List.of()) : remove(found, end));
    }

    private Uni<List<Standing>> remove(List<CountedTask> found, Instant end) {
        return removeAmong(found.stream().map(CountedTask::id).toList(), end)
                .map(count ->
                        found.stream().limit(count).map(CountedTask::standing).toList());
    }

    /** One that was revived since it was found has no time of its removal any more, so it stays. */
    Uni<Integer> removeAmong(List<String> ids, Instant end) {
        return StoreFaults.ofWrite(tasks.deleteMany(and(in(Fields.ID, ids), removable(end))))
                .map(done -> Math.toIntExact(done.getDeletedCount()))
                .emitOn(core);
    }

    @Override
    public Uni<List<CountedTask>> counted(String afterId, int limit) {
        FindOptions byId = first(limit).sort(Sorts.ascending(Fields.ID)).projection(STANDING);
        return rows(gt(Fields.ID, afterId), byId, MongoTasks::countedOf);
    }

    private static Bson removable(Instant end) {
        return and(lt(Fields.REMOVE_AT, end), eq(Fields.PENDING, null));
    }

    private static Bson ready(String queue, Lane lane) {
        return and(eq(Fields.READY_QUEUE, queue), eq(Fields.READY_LANE, lane.name()));
    }

    private static FindOptions first(int limit) {
        return new FindOptions().limit(limit);
    }

    private Uni<List<TaskDocument>> documents(Bson filter, FindOptions options) {
        return StoreFaults.ofRead(tasks.find(filter, options).collect().asList())
                .emitOn(core);
    }

    /** Panache reads whole documents into records, so this asks the collection, for some fields alone. */
    private <T> Uni<List<T>> rows(Bson filter, FindOptions options, Function<BsonDocument, T> row) {
        return StoreFaults.ofRead(tasks.withDocumentClass(BsonDocument.class)
                        .find(filter, options)
                        .map(row)
                        .collect()
                        .asList())
                .emitOn(core);
    }

    private static String idOf(BsonDocument found) {
        return found.getString(Fields.ID).getValue();
    }

    private static BsonDocument stateOf(BsonDocument found) {
        return found.getDocument("state");
    }

    private static String tenantOf(BsonDocument found) {
        return stateOf(found).getDocument("ready").getString("tenant").getValue();
    }

    private static DueTask dueOf(BsonDocument found) {
        return new DueTask(
                idOf(found),
                Instant.ofEpochMilli(stateOf(found).getDateTime("dueAt").getValue()));
    }

    private static CountedTask countedOf(BsonDocument found) {
        BsonDocument spec = found.getDocument("spec");
        return new CountedTask(
                idOf(found),
                new Standing(
                        spec.getString("type").getValue(),
                        Lane.valueOf(spec.getString("lane").getValue()),
                        spec.getString("tenant").getValue(),
                        TaskState.Name.valueOf(stateOf(found).getString("name").getValue())));
    }

    private static OwnedTask ownedOf(BsonDocument found) {
        return new OwnedTask(
                idOf(found),
                stateOf(found).getString("owner").getValue(),
                found.getDocument("counters").getInt64("fence").getValue());
    }
}
