package io.drawdown.embedded;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * Servers in containers, which end with the process. The libraries are on the class path only in the profile
 * {@code containers}.
 */
final class ContainerServers {

    private static final String MONGO_IMAGE = "mongo:8";
    private static final String KAFKA_IMAGE = "apache/kafka:4.3.1";

    private ContainerServers() {}

    static String mongo() {
        requireEngine();
        MongoDBContainer mongo = new MongoDBContainer(MONGO_IMAGE).withReplicaSet();
        mongo.start();
        return mongo.getReplicaSetUrl();
    }

    static String kafka() {
        requireEngine();
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
        kafka.start();
        return kafka.getBootstrapServers();
    }

    private static void requireEngine() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "No container engine answers: start one, or run the tests without --containers");
        }
    }
}
