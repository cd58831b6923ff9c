package io.drawdown.kit.kafka;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.faults.StartRefusal;
import io.drawdown.kit.trace.Spans;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The configured broker: creates clients for it and checks its topics. */
@Singleton
public final class Broker {

    private static final int START_TIMEOUT_SECONDS = 30;
    private static final int DEEPEST_CAUSE = 8;

    private final Map<String, Object> settings;
    private final TopicNames names;
    private final int partitions;
    private final Spans spans;

    Broker(@Identifier("default-kafka-broker") Map<String, Object> settings, EventsConfig config, Spans spans) {
        this.spans = spans;
        this.settings = settings;
        this.names = new TopicNames(config.topicPrefix().orElse(""));
        this.partitions = config.kafka().partitions();
    }

    public TopicNames names() {
        return names;
    }

    /** How many partitions every topic has. */
    public int partitions() {
        return partitions;
    }

    /** A publisher whose answers arrive on {@code completions}; the caller closes it. */
    public KafkaPublisher publisher(Executor completions) {
        Properties properties = base();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With more, a broker that does not know the producer yet may store a batch before one that it refused.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        return made(() -> new KafkaPublisher(
                () -> new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()),
                names,
                completions,
                spans));
    }

    /** A consumer without a group, for callers that assign and seek themselves; the caller closes it. */
    public KafkaConsumer<String, byte[]> reader() {
        return reader(base());
    }

    /** @param fetchWaits how long the broker keeps a request for records that are not there yet; a close waits for its answer */
    public KafkaConsumer<String, byte[]> reader(Duration fetchWaits) {
        Properties properties = base();
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(fetchWaits.toMillis()));
        return reader(properties);
    }

    private KafkaConsumer<String, byte[]> reader(Properties properties) {
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return made(() -> new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    /**
     * For the start of a service: each of its topics exists and has the configured number of partitions, else it does
     * not start.
     */
    public void requireTopics(Service service) {
        Set<String> required = Stream.concat(service.topics().stream(), Stream.of(Topic.deadLetters(service)))
                .map(names::of)
                .collect(Collectors.toSet());
        try (Admin admin = made(() -> Admin.create(base()))) {
            Map<String, TopicDescription> found =
                    admin.describeTopics(required).allTopicNames().get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            found.forEach(
                    (name, topic) -> requirePartitions(name, topic.partitions().size()));
        } catch (ExecutionException e) {
            throw StartRefusal.toStart(
                    e.getCause() instanceof UnknownTopicOrPartitionException
                            ? "a topic is missing; these are needed: " + required
                            : "the broker cannot be asked for its topics: " + said(e));
        } catch (TimeoutException e) {
            throw StartRefusal.toStart("the broker did not answer within " + START_TIMEOUT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StartRefusal.toStart("interrupted while asking the broker for its topics");
        }
    }

    private void requirePartitions(String topic, int found) {
        if (found != partitions) {
            throw StartRefusal.toStart("topic " + topic + " has " + found
                    + " partitions, drawdown.kafka.partitions says " + partitions + "; the count is fixed at creation");
        }
    }

    /** A client of Kafka reads its certificates and its password when it is made. */
    private static <C> C made(Supplier<C> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            throw StartRefusal.toStart("the settings of the broker (KAFKA_*) cannot be used: " + said(e));
        }
    }

    /**
     * The fault in words, down to its cause: a handshake that failed says only there which certificate was wrong. What Kafka says
     * of a JAAS configuration may quote a piece of the password.
     */
    static String said(Throwable fault) {
        Set<String> words = new LinkedHashSet<>();
        @Nullable Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause.getMessage() != null && cause.getMessage().contains("JAAS")) {
                words.add("sasl.jaas.config cannot be used");
                break;
            }
            if (cause.getMessage() != null && !(cause instanceof ExecutionException)) {
                words.add(cause.getMessage());
            }
            cause = cause.getCause();
        }
        return words.isEmpty() ? fault.toString() : String.join(": ", words);
    }

    private Properties base() {
        Properties properties = new Properties();
        settings.forEach((key, value) -> {
            if (key.startsWith("bootstrap.")
                    || key.startsWith("security.")
                    || key.startsWith("sasl.")
                    || key.startsWith("ssl.")) {
                properties.put(key, String.valueOf(value));
            }
        });
        return properties;
    }
}
