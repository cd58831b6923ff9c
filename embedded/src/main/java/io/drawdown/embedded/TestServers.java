package io.drawdown.embedded;

import io.drawdown.embedded.kafka.EmbeddedKafka;
import io.drawdown.embedded.kafka.Topics;
import io.drawdown.embedded.mongo.EmbeddedMongo;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the servers of all tests, in this order: existing ones, named by {@value #MONGODB_URI} and
 * {@value #KAFKA_BOOTSTRAP_SERVERS}; containers, if {@value #CONTAINERS} is {@code true}; else embedded ones in this
 * process. A server starts when it is first used, and all tests of the process share it. Every run has its own names of
 * databases and topics, so that runs can share an existing server.
 */
public final class TestServers {

    public static final String MONGODB_URI = "DRAWDOWN_TEST_MONGODB_URI";
    public static final String KAFKA_BOOTSTRAP_SERVERS = "DRAWDOWN_TEST_KAFKA_BOOTSTRAP_SERVERS";
    public static final String CONTAINERS = "DRAWDOWN_TEST_CONTAINERS";

    /** How many partitions the topics have, as in the local stack. */
    public static final int PARTITIONS = 8;

    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private TestServers() {}

    /** The connection string of a MongoDB-compatible server. */
    public static String mongoUri() {
        return Mongo.URI;
    }

    /** The bootstrap servers of a broker on which every topic exists, {@link #topicPrefix} before its name. */
    public static String kafkaBootstrap() {
        return Kafka.BOOTSTRAP_SERVERS;
    }

    /** A name for a database that only this run uses. */
    public static String databaseName(String name) {
        return name + "_" + RUN;
    }

    /** The prefix of topic names; empty on a broker that only this run uses. */
    public static String topicPrefix() {
        return setting(KAFKA_BOOTSTRAP_SERVERS) == null ? "" : "test-" + RUN + ".";
    }

    /** Whether the database belongs to this process; an existing one outlives the run. */
    public static boolean isMongoEmbedded() {
        return setting(MONGODB_URI) == null && !useContainers();
    }

    /** Whether the broker belongs to this process; an existing one outlives the run. */
    public static boolean isKafkaEmbedded() {
        return setting(KAFKA_BOOTSTRAP_SERVERS) == null && !useContainers();
    }

    private static @Nullable String setting(String name) {
        String property = System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }

    private static boolean useContainers() {
        return "true".equals(setting(CONTAINERS));
    }

    private static final class Mongo {
        static final String URI = start();

        private static String start() {
            String existing = setting(MONGODB_URI);
            if (existing != null) {
                return existing;
            }
            return useContainers()
                    ? ContainerServers.mongo()
                    : EmbeddedMongo.start(null, 0).connectionString();
        }
    }

    private static final class Kafka {
        static final String BOOTSTRAP_SERVERS = start();

        private static String start() {
            String servers = setting(KAFKA_BOOTSTRAP_SERVERS);
            if (servers == null) {
                servers = useContainers() ? ContainerServers.kafka() : embedded();
            }
            Topics.create(servers, topicPrefix(), PARTITIONS);
            return servers;
        }

        private static String embedded() {
            EmbeddedKafka kafka = EmbeddedKafka.start(null, 0, 0);
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "test-broker-shutdown"));
            return kafka.bootstrapServers();
        }
    }
}
