package io.drawdown.bench.contenders;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.drawdown.tasks.store.mongo.TaskIndexes;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.Waits;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonElement;
import org.bson.BsonString;
import org.bson.codecs.EncoderContext;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

/**
 * What the tasks of task-service cost its database at the least: the same documents, claimed, completed and trimmed in bulks by
 * the driver alone. Nothing is looked for, decided, run or published.
 */
final class BareStoreQueue implements TaskQueue {

    private static final int BULK = 256;

    /** As many as the database has threads. */
    private static final int AT_ONCE = 2;

    private static final String OWNER = "0123456789abcdef0123456789abcdef";
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoClient client;
    private final MongoCollection<BsonDocument> tasks;
    private final Vertx vertx;
    private final ReactiveMongoClient reactive;
    private final ReactiveMongoCollection<BsonDocument> inserts;
    private final AtomicLong numbers = new AtomicLong();
    private final BsonDocument queued;
    private final BsonDocument claimed;
    private final BsonDocument completed;
    private final long seq;
    private long waiting;

    private BareStoreQueue(Place place) {
        Database.drop(place);
        client = MongoClients.create(place.mongo());
        tasks = client.getDatabase(place.database())
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                .withReadConcern(ReadConcern.MAJORITY)
                .getCollection("tasks", BsonDocument.class);
        tasks.createIndexes(TaskIndexes.ALL);
        vertx = Database.vertx();
        reactive = Database.client(place.mongo(), vertx);
        inserts = reactive.getDatabase(place.database()).getCollection("tasks", BsonDocument.class);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        TaskDocument first = Waits.queued("", spec(now), null, null).written(OWNER, 0);
        TaskDocument second = Runs.claim(first, OWNER, now).written(OWNER, 0);
        TaskDocument third =
                Runs.complete(second, "{\"number\":0}", Policy.DEFAULT, now).written(OWNER, 0);
        queued = bson(first);
        claimed = bson(second);
        completed = bson(third);
        seq = third.outbox().seq();
    }

    static BareStoreQueue open(Place place) {
        return new BareStoreQueue(place);
    }

    private static Spec spec(Instant now) {
        Spec.Sender sender = new Spec.Sender("bench", now, null, null);
        return new Spec("noop", "{\"number\":0}", Lane.NORMAL, "bench", sender, null, null);
    }

    private static BsonDocument bson(TaskDocument task) {
        BsonDocument document = new BsonDocument();
        Database.CODECS
                .get(TaskDocument.class)
                .encode(
                        new BsonDocumentWriter(document),
                        task,
                        EncoderContext.builder().build());
        return document;
    }

    /** The document under another id; what is in it is shared. */
    private static BsonDocument under(String id, BsonDocument document) {
        BsonDocument own = new BsonDocument(document.entrySet().stream()
                .map(field -> new BsonElement(field.getKey(), field.getValue()))
                .toList());
        own.put("_id", new BsonString(id));
        return own;
    }

    private static String id(long number) {
        return "tsk_%026d".formatted(number);
    }

    @Override
    public void fill(int count) {
        List<BsonDocument> page = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            page.add(under(id(numbers.incrementAndGet()), queued));
            if (page.size() == BULK || each == count - 1) {
                tasks.insertMany(page);
                page.clear();
            }
        }
        waiting = count;
    }

    @Override
    public void drain() throws Exception {
        long first = numbers.get() - waiting + 1;
        AtomicLong next = new AtomicLong(first);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> lanes = new ArrayList<>();
            for (int lane = 0; lane < AT_ONCE; lane++) {
                lanes.add(threads.submit(() -> lane(next, first + waiting)));
            }
            for (Future<?> lane : lanes) {
                lane.get();
            }
        }
        waiting = 0;
    }

    private void lane(AtomicLong next, long end) {
        for (long from = next.getAndAdd(BULK); from < end; from = next.getAndAdd(BULK)) {
            long begin = from;
            int size = (int) Math.min(BULK, end - from);
            write(size, each -> replacement(id(begin + each), claimed, 2));
            write(size, each -> replacement(id(begin + each), completed, 3));
            write(size, each -> trim(id(begin + each)));
        }
    }

    private static WriteModel<BsonDocument> replacement(String id, BsonDocument next, long rev) {
        return new ReplaceOneModel<>(and(eq("_id", id), eq("revision.rev", rev - 1)), under(id, next));
    }

    private WriteModel<BsonDocument> trim(String id) {
        return new UpdateOneModel<>(
                and(eq("_id", id), eq("outbox.seq", seq)),
                Updates.combine(Updates.unset("outbox.entries"), Updates.unset("outbox.pending")));
    }

    private void write(int size, IntFunction<WriteModel<BsonDocument>> write) {
        List<WriteModel<BsonDocument>> bulk =
                IntStream.range(0, size).mapToObj(write).toList();
        int matched = tasks.bulkWrite(bulk, UNORDERED).getMatchedCount();
        if (matched != size) {
            throw new IllegalStateException(matched + " of " + size + " documents were as they were left");
        }
    }

    @Override
    public boolean hasHandlers() {
        return false;
    }

    @Override
    public void open() {
        // Nothing runs here.
    }

    /** Through the client that the service uses. */
    @Override
    public Sent send() {
        return new Sent(
                inserts.insertOne(under(id(numbers.incrementAndGet()), queued)).subscribeAsCompletionStage(),
                new CompletableFuture<>());
    }

    @Override
    public void close() {
        reactive.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
