package io.drawdown.sessions.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.Broker;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.time.CoreLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Brings the core the account events of all partitions, from the moment of the start on. Each instance reads everything,
 * without a group; by its key, before it is parsed, a record is dropped that nobody here waits for. What is lost is no
 * harm: the core asks credits-service before it decides. What can never be read becomes a dead letter.
 */
final class AccountEventFeed implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AccountEventFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final EventReader<AccountEvent> READER = new EventReader<>(
            Arrays.stream(EntryType.values()).map(EntryType::eventType).collect(Collectors.toSet()),
            AccountEvent.class);

    private final CoreLoop loop;
    private final SessionsCore core;
    private final DeadLetters deadLetters;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final Thread reader =
            Thread.ofPlatform().daemon().name("account-events").unstarted(this::read);
    private volatile boolean closed;

    AccountEventFeed(Broker broker, CoreLoop loop, SessionsCore core, DeadLetters deadLetters) {
        this.loop = loop;
        this.core = core;
        this.deadLetters = deadLetters;
        String topic = broker.names().of(Topic.CREDITS_ACCOUNT);
        partitions = IntStream.range(0, broker.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet());
        consumer = broker.reader();
    }

    /** Returns when the place to read from is fixed. */
    void start() {
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(partition -> consumer.position(partition, PATIENCE));
        reader.start();
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                pollOnce();
            }
        } catch (WakeupException e) {
            LOG.debug("Account events are read no more");
        }
    }

    private void pollOnce() {
        try {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                handle(records);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("Account events are late or lost: %s", e);
        }
    }

    private void handle(ConsumerRecords<String, byte[]> records) {
        Set<String> keys = new HashSet<>();
        records.forEach(record -> keys.add(String.valueOf(record.key())));
        Set<String> wanted = await(() -> {
            keys.removeIf(key -> !core.concerns(key));
            return keys;
        });
        List<AccountEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : records) {
            RawRecord record = RawRecord.of(each);
            if (wanted.contains(String.valueOf(each.key())) || isOverdue(record)) {
                decode(record, events);
            }
        }
        if (!events.isEmpty()) {
            loop.execute(() -> core.handleAccountEvents(events));
        }
    }

    private void decode(RawRecord record, List<AccountEvent> events) {
        switch (READER.read(record)) {
            case Decoded.Readable<AccountEvent>(AccountEvent event) -> events.add(event);
            case Decoded.Foreign<AccountEvent> foreign -> LOG.debugf("Event not for us: type=%s", foreign.type());
            case Decoded.Unreadable<AccountEvent>(String reason) ->
                deadLetters
                        .unreadable(record, reason)
                        .subscribe()
                        .with(done -> {}, fault -> LOG.errorf("A dead letter was lost: %s", fault));
        }
    }

    private static boolean isOverdue(RawRecord record) {
        return EntryType.OVERDUE.eventType().equals(record.header("ce_type"));
    }

    private Set<String> await(Supplier<Set<String>> question) {
        return loop.call(() -> Uni.createFrom().item(question)).await().atMost(PATIENCE);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }
}
