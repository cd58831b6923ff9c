package io.drawdown.credits;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.credits.checks.MongoCheckStore;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.config.StoreConfig;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.ledger.MongoLedgerStore;
import io.drawdown.credits.metrics.CreditsMetrics;
import io.drawdown.credits.store.MongoAccountStore;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.faults.StartRefusal;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.KafkaDeadLetters;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.store.DatabaseServer;
import io.drawdown.kit.time.CoreLoop;
import io.drawdown.kit.time.DatabaseTime;
import io.drawdown.kit.time.Time;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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
import java.util.Random;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;

/** The core on its loop, between the broker and the database. */
@Singleton
public final class CreditsService {

    private static final Logger LOG = Logger.getLogger(CreditsService.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final Broker broker;
    private final MeterRegistry metrics;
    private final CoreLoop loop;
    private final DatabaseTime time;
    private final KafkaPublisher publisher;
    private final MongoAccountStore accounts;
    private final MongoLedgerStore ledger;
    private final CreditsCore core;

    CreditsService(
            StoreConfig stores,
            CreditsSettings settings,
            Broker broker,
            Vertx vertx,
            ReactiveMongoClient client,
            MeterRegistry metrics) {
        this.broker = broker;
        this.metrics = metrics;
        DatabaseServer server = new DatabaseServer(client);
        boolean isLinearizable =
                switch (stores.mongo().linearizable()) {
                    case AUTO -> patiently(server.hasReplicas());
                    case TRUE -> true;
                    case FALSE -> false;
                };
        loop = new CoreLoop(vertx);
        time = new DatabaseTime(() -> server.time().emitOn(loop), loop);
        publisher = broker.publisher(loop);
        accounts = new MongoAccountStore(client, stores.database(), isLinearizable, loop);
        ledger = new MongoLedgerStore(client, stores.database(), isLinearizable, loop);
        MongoCheckStore checks = new MongoCheckStore(client, stores.database(), loop);
        CreditsPorts ports = new CreditsPorts(accounts, ledger, checks, publisher, new CreditsMetrics(metrics));
        core = new CreditsCore(ports, settings, time, loop, new SplittableRandom());
    }

    @Produces
    @Singleton
    CreditsCore core() {
        return core;
    }

    @Produces
    @Singleton
    CoreLoop loop() {
        return loop;
    }

    @Produces
    @Singleton
    Time time() {
        return time;
    }

    @Produces
    @Singleton
    static Tariff tariff(CreditsSettings settings) {
        return settings.tariff();
    }

    /** The consumers run on the threads of their channels, and come back to them after a pause. */
    @Produces
    @Singleton
    FaultHandling consuming() {
        return new FaultHandling(
                new KafkaDeadLetters(publisher, broker.names(), Topic.deadLetters(Service.CREDITS_SERVICE), metrics),
                delay -> loop.call(() -> loop.pause(delay)),
                new Random());
    }

    /** Before the channels and the HTTP server start. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        broker.requireTopics(Service.CREDITS_SERVICE);
        patiently(loop.call(time::start).chain(accounts::createIndexes).chain(ledger::createIndexes));
        Gauge.builder("drawdown.relay.backlog", core, CreditsCore::backlog).register(metrics);
        FunctionCounter.builder("drawdown.time.steps.refused", time, DatabaseTime::refusedSteps)
                .register(metrics);
        loop.execute(core::start);
    }

    /**
     * In the order of {@link GracefulStop}: HTTP refuses requests since {@code quarkus.shutdown.timeout} began, consumers keep
     * what they are refused unacknowledged, the core comes to its end, and the publisher is closed last.
     */
    void stop(@Observes ShutdownEvent event) {
        boolean isAllPublished = false;
        try {
            isAllPublished =
                    loop.call(() -> core.stopGracefully(STOP_PATIENCE)).await().atMost(STOP_PATIENCE.plusSeconds(1));
        } catch (RuntimeException e) {
            LOG.warnf("The core did not come to its end: %s", e);
        }
        if (!isAllPublished) {
            LOG.warn("Stopped with entries unpublished; they are found again");
        }
        publisher.close();
    }

    private static <T> T patiently(Uni<T> step) {
        try {
            return step.onFailure()
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
}
