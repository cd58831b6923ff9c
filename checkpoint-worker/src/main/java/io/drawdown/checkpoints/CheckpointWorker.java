package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.config.WorkerConfig;
import io.drawdown.checkpoints.metering.UsagePublisher;
import io.drawdown.checkpoints.runs.MongoRuns;
import io.drawdown.checkpoints.runs.RunMetrics;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.faults.StartRefusal;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.KafkaDeadLetters;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.store.DatabaseServer;
import io.drawdown.kit.time.CoreLoop;
import io.drawdown.kit.time.DatabaseTime;
import io.drawdown.kit.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The core on its loop, between the broker and the database. */
@Singleton
public final class CheckpointWorker {

    private static final Logger LOG = Logger.getLogger(CheckpointWorker.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_REPORTS = Duration.ofSeconds(4);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);

    private final WorkerConfig config;
    private final Broker broker;
    private final MongoRuns runs;
    private final CoreLoop loop;
    private final DatabaseTime time;
    private final KafkaPublisher publisher;
    private final CheckpointCore core;

    CheckpointWorker(
            WorkerConfig config,
            Broker broker,
            MongoRuns runs,
            Vertx vertx,
            ReactiveMongoClient database,
            MeterRegistry metrics) {
        this.config = config;
        this.broker = broker;
        this.runs = runs;
        loop = new CoreLoop(vertx);
        time = new DatabaseTime(() -> new DatabaseServer(database).time().emitOn(loop), loop);
        publisher = broker.publisher(loop);
        String worker = nameOf(config);
        CheckpointCore.Ports ports = new CheckpointCore.Ports(
                new UsagePublisher(publisher, time, worker),
                run -> runs.save(run).emitOn(loop),
                new RunMetrics(metrics),
                time,
                loop,
                new SplittableRandom());
        core = new CheckpointCore(
                ports,
                worker,
                broker.partitions(),
                CheckpointLimits.of(config.checkpoint().interval()));
    }

    /** Unique for ever: it makes the ids of this process' events unique. */
    private static String nameOf(WorkerConfig config) {
        return config.instance().orElse("checkpoint-worker")
                + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Before the channels start. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        awaitDatabase();
        if (!config.checkpoint().enabled()) {
            LOG.info("Checkpoints are switched off");
            return;
        }
        broker.requireTopics(Service.CHECKPOINT_WORKER);
        loop.execute(core::start);
        LOG.infof("Checkpoints every %s", config.checkpoint().interval());
    }

    @Produces
    @Singleton
    Time time() {
        return time;
    }

    private void awaitDatabase() {
        try {
            loop.call(time::start)
                    .chain(runs::prepare)
                    .onFailure()
                    .invoke(fault -> LOG.warnf("Waiting for the database: %s", fault.getMessage()))
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

    /** Before the channels stop: what was heard is reported once more. */
    void stop(@Observes ShutdownEvent event) {
        try {
            loop.call(() -> core.stop(LAST_REPORTS)).await().atMost(STOP_PATIENCE);
        } catch (RuntimeException e) {
            LOG.warnf("Stopped without the last reports; another worker hears the sessions: %s", e);
        }
        publisher.close();
    }

    Uni<List<Rejection>> handle(List<Heartbeat> heartbeats) {
        return loop.call(() -> core.handle(heartbeats));
    }

    void assigned(Collection<Integer> partitions) {
        loop.execute(() -> core.assigned(partitions));
    }

    void revoked(Collection<Integer> partitions) {
        loop.execute(() -> core.revoked(partitions));
    }

    /** What its consumer needs, which runs on the thread of its channel and comes back to it after a pause. */
    FaultHandling consuming(MeterRegistry metrics) {
        return new FaultHandling(
                new KafkaDeadLetters(publisher, broker.names(), Topic.deadLetters(Service.CHECKPOINT_WORKER), metrics),
                delay -> loop.call(() -> loop.pause(delay)),
                new SplittableRandom());
    }
}
