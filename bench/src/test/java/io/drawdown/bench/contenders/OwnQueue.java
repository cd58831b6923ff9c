package io.drawdown.bench.contenders;

import io.drawdown.bench.load.Pause;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.Spans;
import io.drawdown.tasks.TaskStores;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.TasksPorts;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.enqueue.Enqueued.Accepted;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.runner.HandlerTable;
import io.drawdown.tasks.runner.HandlerThreads;
import io.drawdown.tasks.store.mongo.MongoTasks;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The core of task-service in this process, on the database and the broker of the bench. A task keeps its record and has events. */
final class OwnQueue implements TaskQueue {

    private static final int SLOTS = 256;
    private static final int SENT_AT_ONCE = 5_000;
    private static final Duration START = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final ReactiveMongoClient client;
    private final KafkaPublisher publisher;
    private final CoreLoop loop;
    private final TasksCore core;
    private long filledTo;

    private OwnQueue(Vertx vertx, ReactiveMongoClient client, KafkaPublisher publisher, CoreLoop loop, TasksCore core) {
        this.vertx = vertx;
        this.client = client;
        this.publisher = publisher;
        this.loop = loop;
        this.core = core;
    }

    static OwnQueue open(Place place) {
        Database.drop(place);
        Vertx vertx = Database.vertx();
        CoreLoop loop = new CoreLoop(vertx);
        ReactiveMongoClient client = Database.client(place.mongo(), vertx);
        MongoTasks tasks = new MongoTasks(
                client.getDatabase(place.database()).getCollection("tasks", TaskDocument.class),
                new io.drawdown.kit.store.Database(client, () -> false, loop));
        await(tasks.createIndexes());
        KafkaPublisher publisher = Broker.publisher(place, loop);
        TaskTypes types = new TaskTypes(List.of(new TaskType("noop", Policy.DEFAULT, SLOTS, true)));
        Time time = new SystemTime();
        TaskStores stores =
                new TaskStores(tasks, new NoOrderKeys(), new PausedQueues(), new NoCounters(), new AloneInstance());
        TasksPorts ports = new TasksPorts(
                stores,
                publisher,
                new HandlerThreads(new HandlerTable(List.of(new NoopHandler())), types, time, loop, Spans.NONE),
                new NoMonitor(),
                Hints.NONE);
        TasksCore core = new TasksCore(ports, TasksSettings.DEFAULT, types, time, loop, new SecureRandom());
        OwnQueue queue = new OwnQueue(vertx, client, publisher, loop, core);
        loop.execute(core::start);
        queue.until(() -> core.health().leased());
        return queue;
    }

    /** A task that does nothing. */
    record Noop(long number) {}

    private static final class NoopHandler implements TaskHandler<Noop, Noop> {

        @Override
        public String type() {
            return "noop";
        }

        @Override
        public Noop handle(Noop payload, TaskContext context) {
            Starts.began(payload.number());
            return payload;
        }
    }

    @Override
    public void fill(int tasks) {
        await(loop.call(() -> core.queues().pause("noop")));
        filledTo = Starts.count() + tasks; // a claim that was under way may still take some of them
        Semaphore places = new Semaphore(SENT_AT_ONCE);
        CompletableFuture<?>[] stored = new CompletableFuture<?>[tasks];
        for (int each = 0; each < tasks; each++) {
            places.acquireUninterruptibly();
            stored[each] = enqueue(0).whenComplete((done, fault) -> places.release());
        }
        CompletableFuture.allOf(stored).join();
    }

    @Override
    public void drain() throws Exception {
        open();
        Waiting.until(() -> Starts.count() >= filledTo);
        until(() -> core.health().occupied() == 0 && core.health().backlog() == 0);
    }

    @Override
    public void open() {
        await(loop.call(() -> core.queues().resume("noop")));
    }

    @Override
    public Sent send() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        return new Sent(enqueue(Starts.next(started)), started);
    }

    private CompletableFuture<?> enqueue(long number) {
        Spec spec = new Spec(
                "noop",
                "{\"number\":" + number + "}",
                Lane.NORMAL,
                "bench",
                new Spec.Sender("bench", Instant.now().truncatedTo(ChronoUnit.MILLIS), null, null),
                null,
                null);
        return loop.call(() -> core.enqueue(new NewTask(null, spec, null)))
                .invoke(answer -> {
                    if (!(answer instanceof Accepted)) {
                        throw new IllegalStateException("refused: " + answer);
                    }
                })
                .subscribeAsCompletionStage();
    }

    private void until(Supplier<Boolean> holds) {
        long givenUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!await(loop.call(() -> Uni.createFrom().item(holds)))) {
            if (System.nanoTime() > givenUp) {
                throw new IllegalStateException("it did not happen: " + core.health());
            }
            Pause.of(Duration.ofMillis(2));
        }
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(START);
    }

    @Override
    public void close() {
        await(loop.call(core::stop));
        publisher.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
