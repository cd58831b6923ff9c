package io.drawdown.kit.kafka;

import io.drawdown.kit.events.RawRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TopicFeedTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Consumer consumer = new Consumer();
    private final TopicFeed feed = new TopicFeed(consumer, "test-feed", Set.of(PARTITION), new TopicFeed.Listener() {
        @Override
        public boolean received(List<RawRecord> records) {
            told.add(records.size() + " at " + records.getFirst().offset());
            if (records.getFirst().offset() == 8) {
                throw new IllegalStateException("expected in this test");
            }
            return false;
        }

        @Override
        public void brokerIsThere(boolean isThere) {
            told.add(isThere ? "there" : "away");
        }
    });

    /** Kafka's own, which has no records unless a test adds some; the broker may be away. */
    private static final class Consumer extends MockConsumer<String, byte[]> {

        private volatile boolean isAway;
        private volatile boolean failsAlways;
        private volatile int failed;
        private volatile RuntimeException fault = new TimeoutException("expected in this test");

        Consumer() {
            super("latest");
            updateEndOffsets(Map.of(PARTITION, 7L));
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration patience) {
            if (isAway) {
                throw fault;
            }
            return endOffsets(partitions);
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration patience) {
            if (failsAlways) {
                failed++;
                throw new KafkaException("expected in this test");
            }
            return super.poll(patience);
        }

        void comes(long offset) {
            schedulePollTask(() -> addRecord(new ConsumerRecord<>("t", 0, offset, "k", new byte[0])));
        }
    }

    @BeforeEach
    void start() {
        feed.start();
    }

    @AfterEach
    void close() {
        feed.close();
        await().until(consumer::closed);
    }

    @Test
    void recordsAreReadFromTheStartOfTheFeedOn() {
        // When
        consumer.comes(7);
        // Then
        await().until(() -> told.contains("1 at 7"));
    }

    @Test
    void batchThatCannotBeHandledIsLostAndAFaultOfThePollIsPassed() {
        // When
        consumer.comes(8);
        await().until(() -> told.contains("1 at 8"));
        consumer.setPollException(new KafkaException("expected in this test"));
        consumer.comes(9);
        // Then
        await().until(() -> told.contains("1 at 9"));
    }

    @Test
    void brokerThatRefusesIsAsGoodAsAway() {
        // When
        consumer.fault = new AuthenticationException("expected in this test");
        consumer.isAway = true;
        // Then
        await().until(() -> told.contains("away"));
    }

    @Test
    void pollThatFailsIsRepeatedAfterAMoment() {
        // When
        consumer.failsAlways = true;
        await().until(() -> told.contains("away"));
        consumer.failsAlways = false;
        await().until(() -> told.contains("there"));
        // Then
        assertThat(consumer.failed).isLessThan(100);
    }

    @Test
    void brokerThatGoesAndComesBackIsTold() {
        // When
        consumer.isAway = true;
        await().until(() -> told.contains("away"));
        consumer.isAway = false;
        await().until(() -> told.contains("there"));
        // Then
        assertThat(told).containsExactly("away", "there");
    }
}
