package io.drawdown.kit.runtime;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.StartRefusal;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.KafkaDeadLetters;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.Spans;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What the core of a service runs on: its loop, database time, a publisher and the database. All of them answer on the
 * loop.
 */
@Singleton
public final class CoreRuntime {

    private static final Logger LOG = Logger.getLogger(CoreRuntime.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final ReactiveMongoClient client;
    private final Broker broker;
    private final MeterRegistry metrics;
    private final Spans spans;
    private final CoreLoop loop;
    private final DatabaseTime time;
    private final KafkaPublisher publisher;
    private final DatabaseServer server;
    private final DatabaseConfig config;
    private volatile boolean isLinearizable;

    CoreRuntime(
            Vertx vertx,
            ReactiveMongoClient client,
            Broker broker,
            DatabaseConfig config,
            MeterRegistry metrics,
            Spans spans) {
        this.spans = spans;
        this.client = client;
        this.broker = broker;
        this.metrics = metrics;
        loop = new CoreLoop(vertx);
        this.config = config;
        server = new DatabaseServer(client);
        time = new DatabaseTime(() -> server.time().emitOn(loop), loop);
        publisher = broker.publisher(loop);
        FunctionCounter.builder("drawdown.time.steps.refused", time, DatabaseTime::refusedSteps)
                .register(metrics);
    }

    @Produces
    @Singleton
    public CoreLoop loop() {
        return loop;
    }

    /** Database time. It is known once the service has started. */
    @Produces
    @Singleton
    public Time time() {
        return time;
    }

    public Broker broker() {
        return broker;
    }

    public MeterRegistry metrics() {
        return metrics;
    }

    public Spans spans() {
        return spans;
    }

    /** The publisher. It refuses events once the service has stopped. */
    public EventPublisher publisher() {
        return publisher;
    }

    /** The database, for the stores of the core. */
    @Produces
    @Singleton
    Database database() {
        return new Database(client, () -> isLinearizable, loop);
    }

    /** The dead letters of the service. */
    DeadLetters deadLetters(Service service) {
        return new KafkaDeadLetters(publisher, broker.names(), Topic.deadLetters(service), metrics);
    }

    /** Waits for the broker; if it lacks a topic, the service does not start. */
    void requireTopics(Service service) {
        broker.requireTopics(service);
    }

    /** Waits for the database, then makes the indexes. If that takes longer than 30 s, the service does not start. */
    void prepare(List<IndexedStore> stores) {
        awaitDatabase(loop.call(time::start)
                .chain(this::isLinearizable)
                .invoke(is -> isLinearizable = is)
                .chain(() -> indexes(stores)));
    }

    private static Uni<Void> indexes(List<IndexedStore> stores) {
        return Multi.createFrom()
                .iterable(stores)
                .onItem()
                .transformToUniAndConcatenate(IndexedStore::createIndexes)
                .toUni()
                .replaceWithVoid();
    }

    /** Refuses every later call into the core, and every later event. */
    void close() {
        loop.close();
        publisher.close();
    }

    private Uni<Boolean> isLinearizable() {
        return switch (config.mongo().linearizable()) {
            case AUTO -> server.hasReplicas();
            case TRUE -> Uni.createFrom().item(true);
            case FALSE -> Uni.createFrom().item(false);
        };
    }

    private static <T> T awaitDatabase(Uni<T> step) {
        try {
            return step.onFailure()
                    .invoke(fault -> LOG.warnf("Waiting for the database: fault=%s", fault.getMessage()))
                    .onFailure()
                    .retry()
                    .withBackOff(Duration.ofMillis(500), Duration.ofSeconds(2))
                    .expireIn(START_PATIENCE.toMillis())
                    .await()
                    .indefinitely();
        } catch (RuntimeException exhausted) {
            throw StartRefusal.toStart("the database did not answer within " + START_PATIENCE.toSeconds() + " s");
        }
    }
}
