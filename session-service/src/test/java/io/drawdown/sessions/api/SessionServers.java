package io.drawdown.sessions.api;

import io.drawdown.embedded.TestServers;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the service needs around it: a database, a broker, keys, and somebody who plays credits-service. */
public final class SessionServers implements QuarkusTestResourceLifecycleManager {

    static final String ORIGIN = "https://app.example";

    private String database = "sessions";

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", database);
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.mongodb.connection-string", TestServers.mongoUri());
        settings.put("kafka.bootstrap.servers", TestServers.kafkaBootstrap());
        settings.put("drawdown.topic-prefix", TestServers.topicPrefix());
        settings.put("drawdown.kafka.partitions", String.valueOf(TestServers.PARTITIONS));
        settings.put("drawdown.database", TestServers.databaseName(database));
        settings.put("mp.jwt.verify.publickey.location", TestTokens.publicKeyLocation());
        settings.put("drawdown.credits-url", CreditsHttpStub.ONLY.url());
        settings.put("drawdown.service-token-file", serviceToken().toString());
        settings.put("drawdown.instance", "under-test");
        settings.put("drawdown.grace-period", "1s");
        settings.put("drawdown.session.authentication-within", "500ms");
        settings.put("drawdown.session.idle", "2s");
        settings.put("drawdown.session.per-account", "3");
        settings.put("drawdown.allowed-origins", ORIGIN);
        settings.values().removeIf(String::isEmpty);
        return settings;
    }

    private static Path serviceToken() {
        try {
            Path file = Files.createTempFile("service", ".token");
            file.toFile().deleteOnExit();
            return Files.writeString(file, TestTokens.of("session-service", Role.SERVICE) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
