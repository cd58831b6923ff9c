package io.drawdown.bench.stack;

import io.drawdown.contracts.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the events of one topic as they come, and remembers when those of watched keys came. */
public final class TopicEvents implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Arrivals> watched = new ConcurrentHashMap<>();
    private final List<Consumer<ConsumerRecord<String, byte[]>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean closed;

    private TopicEvents(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
        reader = Thread.ofPlatform().daemon().name("bench-events").unstarted(this::read);
    }

    /** Begins at the end of the topic. */
    public static TopicEvents of(BenchStack stack, Topic topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, stack.partitions())
                .mapToObj(partition -> new TopicPartition(stack.topicPrefix() + topic.topicName(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        TopicEvents events = new TopicEvents(consumer);
        events.reader.start();
        return events;
    }

    /** The events with this key from now on. */
    public Arrivals watch(String key) {
        return watched.computeIfAbsent(key, first -> new Arrivals());
    }

    /** Gets every event from now on, on the thread that reads. */
    public void listen(Consumer<ConsumerRecord<String, byte[]>> listener) {
        listeners.add(listener);
    }

    private void read() {
        while (!closed) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                Arrivals arrivals = watched.get(record.key());
                if (arrivals != null) {
                    arrivals.add(System.nanoTime(), bytes(record));
                }
                listeners.forEach(listener -> listener.accept(record));
            }
        }
        consumer.close();
    }

    private static long bytes(ConsumerRecord<String, byte[]> record) {
        long bytes = 0L + record.serializedKeySize() + record.serializedValueSize();
        for (Header header : record.headers()) {
            bytes += header.key().length() + header.value().length;
        }
        return bytes;
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
