package io.drawdown.sessions;

import io.drawdown.contracts.Service;
import io.drawdown.kit.lease.MongoIncarnations;
import io.drawdown.kit.runtime.CoreRuntime;
import io.drawdown.kit.runtime.CoreService;
import io.drawdown.kit.security.SocketToken;
import io.drawdown.kit.socket.JwtAuthenticator;
import io.drawdown.kit.store.Database;
import io.drawdown.sessions.config.SessionConfig;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.funding.HttpCreditsClient;
import io.drawdown.sessions.live.ServedSessions;
import io.drawdown.sessions.recovery.KafkaHeartbeatHistory;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jboss.logging.Logger;

/** The core of session-service with its topics and stores. */
@Singleton
public final class SessionService implements CoreService {

    private static final Logger LOG = Logger.getLogger(SessionService.class);

    private final SessionsCore core;

    SessionService(
            CoreRuntime runtime, SessionConfig config, SessionStore sessions, Database database, JWTParser tokens) {
        SecureRandom random = new SecureRandom();
        SessionsPorts ports = new SessionsPorts(
                sessions,
                new MongoIncarnations(database),
                HttpCreditsClient.of(
                        config.creditsUrl(), Path.of(config.serviceTokenFile()), runtime.loop(), runtime.spans()),
                new KafkaHeartbeatHistory(runtime.broker(), runtime.loop()),
                runtime.publisher(),
                new JwtAuthenticator(tokens, ClientConnection.TRUSTED, runtime.loop()),
                new ServedSessions(runtime.metrics()),
                () -> SocketToken.make(random));
        SessionsSettings settings = SessionsSettings.of(config, runtime.broker().partitions());
        core = new SessionsCore(ports, settings, runtime.time(), runtime.loop(), random);
    }

    @Produces
    @Singleton
    SessionsCore core() {
        return core;
    }

    @Override
    public Service service() {
        return Service.SESSION_SERVICE;
    }

    @Override
    public void start() {
        core.start().subscribe().with(leased -> LOG.info("Lease held, taking sessions"), LOG::error);
    }

    /** Every session is ended, exactly, and its client told when to come back. */
    @Override
    public Uni<Boolean> stop() {
        return core.stopGracefully();
    }

    @Override
    public boolean hasConnections() {
        return true;
    }
}
