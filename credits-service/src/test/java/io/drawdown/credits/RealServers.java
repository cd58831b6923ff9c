package io.drawdown.credits;

import io.drawdown.embedded.TestServers;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The database and the broker of the tests, and the key that signs their tokens. */
public final class RealServers implements QuarkusTestResourceLifecycleManager {

    /** A plan, with its one kind. */
    public static final String PLAN = "subtitles_only";

    public static final String KIND_OF_PLAN = "smart_subs";

    private String database = "credits";

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", database);
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.mongodb.connection-string",
                TestServers.mongoUri(),
                "kafka.bootstrap.servers",
                TestServers.kafkaBootstrap(),
                "drawdown.topic-prefix",
                TestServers.topicPrefix(),
                "drawdown.kafka.partitions",
                String.valueOf(TestServers.PARTITIONS),
                "drawdown.plans." + PLAN + ".kinds",
                KIND_OF_PLAN,
                "drawdown.database",
                TestServers.databaseName(database),
                "mp.jwt.verify.publickey.location",
                TestTokens.publicKeyLocation());
    }

    @Override
    public void stop() {
        // they live as long as the process
    }
}
