package io.drawdown.credits;

import io.drawdown.contracts.Topic;
import io.drawdown.credits.accounts.MongoAccountStore;
import io.drawdown.credits.accounts.Tariff;
import io.drawdown.credits.checks.MongoCheckStore;
import io.drawdown.credits.ledger.MongoLedgerStore;
import io.drawdown.kit.events.BatchLoop;
import io.drawdown.kit.events.Broker;
import io.drawdown.kit.events.KafkaDeadLetters;
import io.drawdown.kit.events.KafkaPublisher;
import io.drawdown.kit.faults.Refusal;
import io.drawdown.kit.store.DatabaseServer;
import io.drawdown.kit.time.CoreLoop;
import io.drawdown.kit.time.DatabaseTime;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;

/** The core on its loop, between the broker and the database. */
@Singleton
public final class CreditsService {

    private static final Logger LOG = Logger.getLogger(CreditsService.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(5);
    private static final Duration FLUSH_LOOK = Duration.ofMillis(20);
    private static final Set<Topic> TOPICS =
            Set.of(Topic.METERING_USAGE, Topic.SESSION_LIFECYCLE, Topic.CREDITS_ACCOUNT, Topic.CREDITS_DEAD_LETTER);

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
    static Tariff tariff(CreditsSettings settings) {
        return settings.tariff();
    }

    /** The consumers run on the threads of their channels, and come back to them after a pause. */
    @Produces
    @Singleton
    BatchLoop.Ports consuming() {
        return new BatchLoop.Ports(
                new KafkaDeadLetters(publisher, broker.names(), Topic.CREDITS_DEAD_LETTER, metrics),
                delay -> loop.call(() -> loop.pause(delay)),
                new Random());
    }

    /** Before the channels and the HTTP server start. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        broker.requireTopics(TOPICS);
        patiently(loop.call(time::start).chain(accounts::createIndexes).chain(ledger::createIndexes));
        Gauge.builder("drawdown.relay.backlog", core, CreditsCore::backlog).register(metrics);
        FunctionCounter.builder("drawdown.time.steps.refused", time, DatabaseTime::refusedSteps)
                .register(metrics);
        loop.execute(core::start);
    }

    /** What is committed is published; what cannot be now is found by the sweep of whoever runs next. */
    void stop(@Observes ShutdownEvent event) {
        try {
            loop.call(this::flush).await().atMost(FLUSH_PATIENCE);
        } catch (RuntimeException e) {
            LOG.warnf("Stopped with entries unpublished; they are found again: %s", e);
        }
        publisher.close();
    }

    private Uni<Void> flush() {
        core.stop();
        return Uni.createFrom().emitter(stopped -> completeWhenDrained(stopped));
    }

    private void completeWhenDrained(UniEmitter<? super Void> stopped) {
        if (core.backlog() == 0) {
            stopped.complete(null);
        } else {
            loop.after(FLUSH_LOOK, () -> completeWhenDrained(stopped));
        }
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
            throw Refusal.toStart("the database did not answer within " + START_PATIENCE.toSeconds() + " s");
        }
    }
}
