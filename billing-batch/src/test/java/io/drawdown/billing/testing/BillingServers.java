package io.drawdown.billing.testing;

import io.drawdown.embedded.TestServers;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** What the service needs around it: a database, a broker and a key. */
public final class BillingServers implements QuarkusTestResourceLifecycleManager {

    /** Of whoever calls the worker's endpoint. */
    public static final String SECRET = "a-secret-of-the-tests-0123456789abcdef";

    private String database = "billing";
    private boolean isBare;

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", database);
        isBare = Boolean.parseBoolean(arguments.get("bare"));
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
        if (!isBare) {
            settings.put("drawdown.batch.worker-secret", SECRET);
            // A time of a schedule must not come in the middle of a test.
            settings.put("drawdown.batch.schedule", "off");
        }
        settings.values().removeIf(String::isEmpty);
        return settings;
    }

    @Override
    public void stop() {}
}
