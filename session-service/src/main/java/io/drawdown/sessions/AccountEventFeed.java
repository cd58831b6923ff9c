package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.runtime.CoreLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Brings the core the account events of all partitions, from the start of this process on. Each instance reads everything,
 * without a consumer group, and drops at once what nobody here waits for. A lost event does no harm: the core asks
 * credits-service before it decides.
 */
@Singleton
final class AccountEventFeed {

    private static final Logger LOG = Logger.getLogger(AccountEventFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CoreLoop loop;
    private final SessionsCore core;
    private final AccountEventFilter filter;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final Thread reader =
            Thread.ofPlatform().daemon().name("account-events").unstarted(this::read);
    private volatile boolean closed;

    AccountEventFeed(Broker broker, CoreLoop loop, SessionsCore core, DeadLetters deadLetters) {
        this.loop = loop;
        this.core = core;
        filter = new AccountEventFilter(deadLetters);
        String topic = broker.names().of(Topic.CREDITS_ACCOUNT);
        partitions = IntStream.range(0, broker.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet());
        consumer = broker.reader();
    }

    /** Returns when the place to read from is fixed. */
    void start(@Observes StartupEvent event) {
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
            LOG.debug("Account events are not read any more");
        }
    }

    private void pollOnce() {
        try {
            List<RawRecord> records = new ArrayList<>();
            consumer.poll(POLL).forEach(record -> records.add(RawRecord.of(record)));
            if (!records.isEmpty()) {
                handle(records);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("Account events late or lost: fault=%s", e);
        }
    }

    private void handle(List<RawRecord> records) {
        Set<String> keys =
                records.stream().map(AccountEventFilter::keyOf).collect(Collectors.toCollection(HashSet::new));
        Set<String> wanted = await(() -> {
            keys.removeIf(key -> !core.concerns(key));
            return keys;
        });
        List<AccountEvent> events = filter.read(records, wanted::contains);
        if (!events.isEmpty()) {
            loop.execute(() -> core.handleAccountEvents(events));
        }
    }

    private Set<String> await(Supplier<Set<String>> question) {
        return loop.call(() -> Uni.createFrom().item(question)).await().atMost(PATIENCE);
    }

    /** The core has stopped by then. */
    void close(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        closed = true;
        consumer.wakeup();
    }
}
