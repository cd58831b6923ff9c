package io.drawdown.tasks;

import io.drawdown.contracts.TaskCancelAsked;
import io.drawdown.contracts.TaskWaiting;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.TopicFeed;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.runtime.CoreService;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.task.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Brings the core the hints of the other instances. A hint that is lost or cannot be read costs a second, so it is
 * counted, and is no dead letter.
 */
@Singleton
final class HintFeed {

    static final String UNREADABLE = "drawdown.tasks.hints.unreadable";

    private static final Logger LOG = Logger.getLogger(HintFeed.class);
    private static final EventReader<TaskWaiting> WAITING =
            new EventReader<>(Set.of(TaskWaiting.EVENT_TYPE), TaskWaiting.class);
    private static final EventReader<TaskCancelAsked> CANCEL =
            new EventReader<>(Set.of(TaskCancelAsked.EVENT_TYPE), TaskCancelAsked.class);

    private final CoreLoop loop;
    private final Listener listener;
    private final CoreService service;
    private final MeterRegistry metrics;
    private final TopicFeed feed;

    @Inject
    HintFeed(Broker broker, CoreLoop loop, TasksCore core, CoreService service, MeterRegistry metrics) {
        this(broker, loop, new Listener(core.hinted(), core::brokerIsThere), service, metrics);
    }

    HintFeed(Broker broker, CoreLoop loop, Listener listener, CoreService service, MeterRegistry metrics) {
        this.loop = loop;
        this.listener = listener;
        this.service = service;
        this.metrics = metrics;
        this.feed =
                new TopicFeed(broker, "task-hints", Set.of(Topic.TASK_WAKE, Topic.TASK_CONTROL), new FeedListener());
    }

    /**
     * Who is told, on the thread of the core.
     *
     * @param broker whether the broker is there
     */
    record Listener(Hints hints, Consumer<Boolean> broker) {}

    private final class FeedListener implements TopicFeed.Listener {

        @Override
        public boolean received(List<RawRecord> records) {
            records.forEach(HintFeed.this::handle);
            return true;
        }

        @Override
        public void brokerIsThere(boolean isThere) {
            loop.execute(() -> listener.broker().accept(isThere));
        }
    }

    /** Returns when the place to read from is fixed. */
    void start(@Observes StartupEvent event) {
        if (service.isEnabled()) {
            feed.start();
        }
    }

    private void handle(RawRecord record) {
        Optional<Consumer<Hints>> understood = understood(record);
        if (understood.isPresent()) {
            loop.execute(() -> understood.get().accept(listener.hints()));
        } else {
            metrics.counter(UNREADABLE).increment();
            LOG.debugf("Hint not read: place=%s", record.place());
        }
    }

    private static Optional<Consumer<Hints>> understood(RawRecord record) {
        if (WAITING.read(record) instanceof Decoded.Readable<TaskWaiting>(TaskWaiting hint)) {
            return laneOf(hint).map(lane -> hints -> hints.waiting(hint.queue(), lane));
        }
        return CANCEL.read(record) instanceof Decoded.Readable<TaskCancelAsked>(TaskCancelAsked hint)
                ? Optional.of(hints -> hints.cancelAsked(hint.owner()))
                : Optional.empty();
    }

    private static Optional<Lane> laneOf(TaskWaiting hint) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.name().toLowerCase(Locale.ROOT).equals(hint.lane()))
                .findFirst();
    }

    /** The core has stopped by then. */
    void close(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        feed.close();
    }
}
