package io.drawdown.tasks;

import io.drawdown.contracts.TaskCancelAsked;
import io.drawdown.contracts.TaskWaiting;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.runtime.CoreService;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.task.Lane;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Brings the core the hints of the other instances, from the start of this process on. Each instance reads all of them, without a
 * consumer group. A hint that is lost or cannot be read costs a second, so it is no dead letter.
 */
@Singleton
final class HintFeed {

    private static final Logger LOG = Logger.getLogger(HintFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final EventReader<TaskWaiting> WAITING =
            new EventReader<>(Set.of(TaskWaiting.EVENT_TYPE), TaskWaiting.class);
    private static final EventReader<TaskCancelAsked> CANCEL =
            new EventReader<>(Set.of(TaskCancelAsked.EVENT_TYPE), TaskCancelAsked.class);

    private final CoreLoop loop;
    private final Hints hinted;
    private final CoreService service;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final Thread reader =
            Thread.ofPlatform().daemon().name("task-hints").unstarted(this::read);
    private volatile boolean closed;

    @Inject
    HintFeed(Broker broker, CoreLoop loop, TasksCore core, CoreService service) {
        this(broker, loop, core.hinted(), service);
    }

    HintFeed(Broker broker, CoreLoop loop, Hints hinted, CoreService service) {
        this.loop = loop;
        this.hinted = hinted;
        this.service = service;
        this.partitions = Stream.of(Topic.TASK_WAKE, Topic.TASK_CONTROL)
                .map(broker.names()::of)
                .flatMap(topic -> IntStream.range(0, broker.partitions())
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
                .collect(Collectors.toSet());
        this.consumer = broker.reader();
    }

    /** Returns when the place to read from is fixed. */
    void start(@Observes StartupEvent event) {
        if (service.isEnabled()) {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(partition -> consumer.position(partition, PATIENCE));
            reader.start();
        }
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                pollOnce();
            }
        } catch (WakeupException e) {
            LOG.debug("Hints are not read any more");
        }
    }

    private void pollOnce() {
        try {
            consumer.poll(POLL).forEach(record -> handle(RawRecord.of(record)));
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("Hints late or lost: fault=%s", e);
        }
    }

    private void handle(RawRecord record) {
        if (WAITING.read(record) instanceof Decoded.Readable<TaskWaiting>(TaskWaiting hint)) {
            laneOf(hint).ifPresent(lane -> loop.execute(() -> hinted.waiting(hint.queue(), lane)));
        } else if (CANCEL.read(record) instanceof Decoded.Readable<TaskCancelAsked>(TaskCancelAsked hint)) {
            loop.execute(() -> hinted.cancelAsked(hint.owner()));
        } else {
            LOG.debugf("Hint not read: place=%s", record.place());
        }
    }

    private static Optional<Lane> laneOf(TaskWaiting hint) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.name().toLowerCase(Locale.ROOT).equals(hint.lane()))
                .findFirst();
    }

    /** The core has stopped by then. */
    void close(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        closed = true;
        consumer.wakeup();
    }
}
