package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads all records of some topics from its start on, without a consumer group: each instance reads everything. For news whose
 * loss does no harm: records that come while no instance reads are not made up for, and a batch that cannot be handled is lost.
 */
public final class TopicFeed {

    private static final Logger LOG = Logger.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(1);

    /** Where no record was wanted, more come together meanwhile: those of others cost a request for many, not for each. */
    private static final Duration REST = Duration.ofMillis(25);

    /** So many polls without a record, and the broker is asked whether it is there: every two seconds. */
    private static final int QUIET_POLLS = 4;

    private final String name;
    private final Listener listener;
    private final Consumer<String, byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final Thread reader;
    private int quietPolls;
    private boolean isBrokerThere = true;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Hears of the records, on the feed's own thread. */
    public interface Listener {

        /**
         * Some records, at least one. May block for a moment; the next ones wait.
         *
         * @return whether any of them was wanted
         */
        boolean received(List<RawRecord> records);

        /** The broker went away, or is back: then what came meanwhile follows. It is taken to be there at the start. */
        default void brokerIsThere(boolean isThere) {}
    }

    /** @param name of its thread, and in the log */
    public TopicFeed(Broker broker, String name, Set<Topic> topics, Listener listener) {
        this(broker.reader(), name, partitions(broker, topics), listener);
    }

    TopicFeed(Consumer<String, byte[]> consumer, String name, Set<TopicPartition> partitions, Listener listener) {
        this.consumer = consumer;
        this.name = name;
        this.partitions = partitions;
        this.listener = listener;
        this.reader = Thread.ofPlatform().daemon().name(name).unstarted(this::read);
    }

    private static Set<TopicPartition> partitions(Broker broker, Set<Topic> topics) {
        return topics.stream()
                .map(broker.names()::of)
                .flatMap(topic -> IntStream.range(0, broker.partitions())
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
                .collect(Collectors.toSet());
    }

    /** Returns when the place to read from is fixed. */
    public void start() {
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(partition -> consumer.position(partition, PATIENCE));
        reader.start();
    }

    private void read() {
        try (consumer) {
            while (closed.getCount() > 0) {
                pollOnce();
            }
        } catch (WakeupException e) {
            LOG.debugf("Not read any more: feed=%s", name);
        }
    }

    private void pollOnce() {
        try {
            List<RawRecord> records = new ArrayList<>();
            consumer.poll(POLL).forEach(record -> records.add(RawRecord.of(record)));
            if (!records.isEmpty()) {
                quietPolls = 0;
                brokerIsThere(true);
                if (!isWanted(records)) {
                    pause(REST);
                }
            } else if (++quietPolls >= QUIET_POLLS || !isBrokerThere) {
                quietPolls = 0;
                brokerIsThere(probe());
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("Records late: feed=%s fault=%s", name, e);
            brokerIsThere(false);
            pause(POLL); // a poll that fails does so at once
        }
    }

    private boolean isWanted(List<RawRecord> records) {
        try {
            return listener.received(records);
        } catch (RuntimeException e) {
            LOG.warnf("Records lost: feed=%s count=%d fault=%s", name, records.size(), e);
            return true;
        }
    }

    private void pause(Duration time) {
        try {
            boolean isClosed = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
            LOG.tracef("Reading again: feed=%s isClosed=%s", name, isClosed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean probe() {
        try {
            return consumer.endOffsets(partitions, PROBE_PATIENCE).size() == partitions.size();
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void brokerIsThere(boolean isThere) {
        if (isThere != isBrokerThere) {
            isBrokerThere = isThere;
            LOG.infof("Broker went or came back: feed=%s isThere=%s", name, isThere);
            listener.brokerIsThere(isThere);
        }
    }

    /** Nothing is read any more; a call of the listener may still be under way. */
    public void close() {
        closed.countDown();
        consumer.wakeup();
    }
}
