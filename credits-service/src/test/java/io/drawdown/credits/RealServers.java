package io.drawdown.credits;

import io.drawdown.embedded.TestServers;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The database and the broker of the tests, and the key that signs their tokens. */
public final class RealServers implements QuarkusTestResourceLifecycleManager {

    private String database = "credits";

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", database);
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.mongodb.connection-string", TestServers.mongoUri(),
                "kafka.bootstrap.servers", TestServers.kafkaBootstrap(),
                "drawdown.topic-prefix", TestServers.topicPrefix(),
                "drawdown.kafka.partitions", String.valueOf(TestServers.PARTITIONS),
                "drawdown.database", TestServers.databaseName(database),
                "mp.jwt.verify.publickey.location", TestTokens.publicKeyLocation());
    }

    @Override
    public void stop() {
        // they live as long as the process
    }
}
