package io.drawdown.checkpoints;

import io.drawdown.embedded.TestServers;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The worker's surroundings: real servers, keys, a short interval. */
public final class WorkerServers implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.mongodb.connection-string", TestServers.mongoUri(),
                "kafka.bootstrap.servers", TestServers.kafkaBootstrap(),
                "drawdown.topic-prefix", TestServers.topicPrefix(),
                "drawdown.kafka.partitions", String.valueOf(TestServers.PARTITIONS),
                "drawdown.database", TestServers.databaseName("checkpoints"),
                "drawdown.instance", "tested",
                "drawdown.checkpoint.interval", "1s",
                "drawdown.checkpoint.kept-runs", "5",
                "drawdown.jwt-public-key", TestTokens.publicKeyLocation());
    }

    @Override
    public void stop() {}
}
