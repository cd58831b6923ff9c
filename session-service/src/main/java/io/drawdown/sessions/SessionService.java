package io.drawdown.sessions;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.KafkaDeadLetters;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.security.SocketToken;
import io.drawdown.kit.store.DatabaseServer;
import io.drawdown.kit.time.CoreLoop;
import io.drawdown.kit.time.DatabaseTime;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionConfig;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.Authenticator;
import io.drawdown.sessions.connection.JwtAuthenticator;
import io.drawdown.sessions.document.MongoSessions;
import io.drawdown.sessions.funding.HttpCreditsClient;
import io.drawdown.sessions.lease.MongoIncarnations;
import io.drawdown.sessions.live.Media;
import io.drawdown.sessions.live.ServedSessions;
import io.drawdown.sessions.recovery.KafkaHeartbeatHistory;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The core on its loop, between its clients, the broker, the database and credits-service. */
@Singleton
public final class SessionService {

    private static final Logger LOG = Logger.getLogger(SessionService.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

    private final SessionConfig config;
    private final Broker broker;
    private final ReactiveMongoClient database;
    private final DatabaseServer server;
    private final JWTParser tokens;
    private final CoreLoop loop;
    private final DatabaseTime time;
    private final KafkaPublisher publisher;
    private final DeadLetters deadLetters;
    private final Media media;
    private volatile @Nullable Running running;

    SessionService(
            SessionConfig config,
            Broker broker,
            ReactiveMongoClient database,
            JWTParser tokens,
            Vertx vertx,
            MeterRegistry metrics) {
        this.config = config;
        this.broker = broker;
        this.database = database;
        this.tokens = tokens;
        server = new DatabaseServer(database);
        loop = new CoreLoop(vertx);
        time = new DatabaseTime(() -> server.time().emitOn(loop), loop);
        publisher = broker.publisher(loop);
        deadLetters =
                new KafkaDeadLetters(publisher, broker.names(), Topic.deadLetters(Service.SESSION_SERVICE), metrics);
        media = new ServedSessions(metrics);
    }

    /** Enters the core: runs {@code question} on its thread. Fails with {@code Unavailable} before the start and after the stop. */
    public <T> Uni<T> ask(Function<SessionsCore, Uni<T>> question) {
        SessionsCore core = core();
        return loop.call(() -> question.apply(core));
    }

    public boolean isRunning() {
        return running != null;
    }

    public CoreLoop loop() {
        return loop;
    }

    public SessionsCore core() {
        Running now = running;
        if (now == null) {
            throw new Unavailable("this instance starts or stops");
        }
        return now.core;
    }

    @Produces
    @Singleton
    Time time() {
        return time;
    }

    public Authenticator authenticator() {
        return new JwtAuthenticator(tokens, Runnable::run);
    }

    void start(@Observes StartupEvent event) {
        broker.requireTopics(Service.SESSION_SERVICE);
        boolean isLinearizable = loop.call(time::start)
                .chain(this::isLinearizable)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(500), Duration.ofSeconds(2))
                .expireIn(START_PATIENCE.toMillis())
                .await()
                .atMost(START_PATIENCE.multipliedBy(2));
        MongoSessions sessions = new MongoSessions(database, config.database(), isLinearizable, loop);
        sessions.createIndexes().await().atMost(START_PATIENCE);
        SecureRandom random = new SecureRandom();
        SessionsCore core = new SessionsCore(
                ports(sessions, isLinearizable, () -> SocketToken.make(random)),
                settings(config, broker.partitions()),
                time,
                loop,
                random);
        AccountEventFeed feed = new AccountEventFeed(broker, loop, core, deadLetters);
        feed.start();
        running = new Running(core, feed);
        loop.call(core::start)
                .subscribe()
                .with(
                        leased -> LOG.infof("Taking sessions: instance=%s", config.instance()),
                        fault -> LOG.error(fault));
    }

    private SessionsPorts ports(MongoSessions sessions, boolean isLinearizable, Supplier<String> resumeTokens) {
        return new SessionsPorts(
                sessions,
                new MongoIncarnations(database, config.database(), isLinearizable, loop),
                HttpCreditsClient.of(config.creditsUrl(), Path.of(config.serviceTokenFile()), loop),
                new KafkaHeartbeatHistory(broker, loop),
                publisher,
                new JwtAuthenticator(tokens, loop),
                media,
                resumeTokens);
    }

    public static SessionsSettings settings(SessionConfig config, int partitions) {
        return new SessionsSettings(
                config.instance(),
                partitions,
                config.gracePeriod(),
                config.session().authenticationWithin(),
                config.session().idle(),
                config.session().maximumDuration(),
                config.session().unfundedAtMost(),
                config.session().connections(),
                config.session().perAccount());
    }

    private Uni<Boolean> isLinearizable() {
        return switch (config.mongo().linearizable()) {
            case TRUE -> Uni.createFrom().item(true);
            case FALSE -> Uni.createFrom().item(false);
            case AUTO -> server.hasReplicas();
        };
    }

    /** Ends every session, exactly, while its socket is still open, and tells its client when to come back. Blocks. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        Running now = running;
        if (now == null) {
            return;
        }
        try {
            loop.call(now.core::stopGracefully).await().atMost(STOP_PATIENCE);
        } catch (RuntimeException e) {
            LOG.warnf("Stopped with sessions open; the next start takes them over: %s", e);
        }
        now.feed.close();
    }

    void stop(@Observes ShutdownEvent event) {
        Running now = running;
        running = null;
        if (now != null) {
            now.feed.close();
        }
        publisher.close();
    }

    private record Running(SessionsCore core, AccountEventFeed feed) {}
}
