package io.drawdown.sessions.live;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.sessions.config.CoreContext;
import io.drawdown.sessions.document.SessionOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Every 5 s publishes the totals of all live sessions, grouped by the partition of their accounts. One that is lost is
 * no loss: the next one says more.
 */
public final class Heartbeats {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    private final LiveSessions sessions;
    private final EventPublisher publisher;
    private final CoreContext machinery;
    private final int partitions;
    private final Supplier<String> incarnation;
    private final PeriodicTask beating;
    private long count;

    public Heartbeats(
            LiveSessions sessions,
            EventPublisher publisher,
            CoreContext machinery,
            int partitions,
            Supplier<String> incarnation) {
        this.sessions = sessions;
        this.publisher = publisher;
        this.machinery = machinery;
        this.partitions = partitions;
        this.incarnation = incarnation;
        this.beating = PeriodicTask.of(machinery.scheduler(), INTERVAL, this::beat);
    }

    public void start() {
        beating.start();
    }

    private void beat() {
        Map<Integer, List<MeterReading>> byPartition = new TreeMap<>();
        for (LiveSession session : sessions.all()) {
            byPartition
                    .computeIfAbsent(Partitions.of(session.accountId(), partitions), p -> new ArrayList<>())
                    .add(session.reading());
        }
        byPartition.forEach(this::publish);
    }

    private void publish(int partition, List<MeterReading> readings) {
        for (int from = 0; from < readings.size(); from += Heartbeat.MAX_READINGS) {
            int to = Math.min(readings.size(), from + Heartbeat.MAX_READINGS);
            publish(partition, new Heartbeat(incarnation.get(), readings.subList(from, to)));
        }
    }

    private void publish(int partition, Heartbeat heartbeat) {
        CloudEvent event = new CloudEvent(
                heartbeat.incarnation() + ":" + ++count,
                Heartbeat.EVENT_TYPE,
                SessionOutbox.SOURCE,
                heartbeat.incarnation(),
                machinery.time().now(),
                Integer.toString(partition),
                Json.bytes(heartbeat),
                partition);
        publisher
                .publish(Topic.SESSION_HEARTBEAT, event)
                .subscribe()
                .with(done -> {}, fault -> LOG.debugf("A heartbeat was lost: %s", fault));
    }
}
