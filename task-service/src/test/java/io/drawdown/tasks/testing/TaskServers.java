package io.drawdown.tasks.testing;

import io.drawdown.embedded.TestServers;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** What the service needs around it: a database, a broker and a key. */
public final class TaskServers implements QuarkusTestResourceLifecycleManager {

    private String database = "tasks";

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
        settings.put("drawdown.task.external-types", "elsewhere,leased,shipped");
        settings.put("drawdown.task.live.subscriptions", "20");
        settings.put("drawdown.task.retention-every", "1s");
        settings.values().removeIf(String::isEmpty);
        return settings;
    }

    @Override
    public void stop() {}
}
