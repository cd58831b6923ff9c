package io.drawdown.embedded.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker that is its own controller, in this process. It starts through Kafka's internal classes, which no
 * other class of Drawdown uses. With a directory its data survives a restart and a killed process.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE = 1;
    private static final String CLUSTER = new Uuid(NODE, NODE).toString();

    /** Settings that let a group form at once and a killed broker come back within seconds. */
    private static final Map<String, String> QUICK = Map.of(
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500");

    /** Settings for a single broker. */
    private static final Map<String, String> SINGLE = Map.of(
            "offsets.topic.num.partitions", "4",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    /** Settings for a small heap. */
    private static final Map<String, String> SMALL = Map.of(
            "num.network.threads", "2",
            "num.io.threads", "3",
            "background.threads", "2",
            "log.cleaner.threads", "1",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.index.size.max.bytes", "1048576");

    private final KafkaRaftServer server;
    private final int port;
    private final @Nullable Path temporary;

    private EmbeddedKafka(KafkaRaftServer server, int port, @Nullable Path temporary) {
        this.server = server;
        this.port = port;
        this.temporary = temporary;
    }

    /**
     * Starts a broker on the loopback address and waits until it serves.
     *
     * @param directory of the data, or null for a temporary one
     * @param port the port, or 0 for a free one
     * @param controllerPort the port of its controller, or 0 for a free one
     */
    public static EmbeddedKafka start(@Nullable Path directory, int port, int controllerPort) {
        return start(directory, port, controllerPort, Protection.NONE);
    }

    /** A broker on a free port, with temporary data, that serves only clients that fit. */
    public static EmbeddedKafka start(Protection protection) {
        return start(null, 0, 0, protection);
    }

    private static EmbeddedKafka start(@Nullable Path directory, int port, int controllerPort, Protection protection) {
        Path data = directory == null ? TemporaryFolder.create() : directory;
        int brokerPort = port == 0 ? FreePort.find() : port;
        Properties properties = properties(data, brokerPort, controllerPort == 0 ? FreePort.find() : controllerPort);
        properties.putAll(protection.settings());
        KafkaConfig config = KafkaConfig.fromProps(properties);
        format(data, protection.users());
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new EmbeddedKafka(server, brokerPort, directory == null ? data : null);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        if (temporary != null) {
            TemporaryFolder.delete(temporary);
        }
    }

    private static void format(Path data, List<String> users) {
        try {
            Files.createDirectories(data);
            new Formatter()
                    .setNodeId(NODE)
                    .setClusterId(CLUSTER)
                    .setDirectories(List.of(data.toString()))
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data.toString())
                    .setIgnoreFormatted(true)
                    .setScramArguments(users)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) { // the internal API declares it
            throw new IllegalStateException("The broker's directory cannot be formatted: " + data, e);
        }
    }

    private static Properties properties(Path data, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(SMALL);
        properties.putAll(SINGLE);
        properties.putAll(QUICK);
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "inter.broker.listener.name",
                "BROKER",
                "listeners",
                "BROKER://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "BROKER://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dir",
                data.toString()));
        return properties;
    }
}
