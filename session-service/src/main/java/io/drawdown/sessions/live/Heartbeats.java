package io.drawdown.sessions.live;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Publishes the totals of all live sessions every 5 s, grouped by the partition of their accounts. A lost heartbeat does
 * no harm: the next one says more.
 */
public final class Heartbeats {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** A span has no more links. */
    private static final int MOST_TRACES = 128;

    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    private final LiveSessions sessions;
    private final EventPublisher publisher;
    private final Time time;
    private final PeriodicTask beats;
    private final int partitions;
    private final Supplier<String> incarnation;
    private long count;
    private long beat;

    public Heartbeats(
            LiveSessions sessions,
            EventPublisher publisher,
            Time time,
            Scheduler scheduler,
            int partitions,
            Supplier<String> incarnation) {
        this.sessions = sessions;
        this.publisher = publisher;
        this.time = time;
        this.beats = PeriodicTask.of(scheduler, INTERVAL, this::beat);
        this.partitions = partitions;
        this.incarnation = incarnation;
    }

    public void start() {
        beats.start();
    }

    private void beat() {
        beat++;
        Map<Integer, List<LiveSession>> byPartition = new TreeMap<>();
        for (LiveSession session : sessions.all()) {
            byPartition
                    .computeIfAbsent(Partitions.of(session.accountId(), partitions), p -> new ArrayList<>())
                    .add(session);
        }
        byPartition.forEach(this::publish);
    }

    private void publish(int partition, List<LiveSession> beating) {
        for (int from = 0; from < beating.size(); from += Heartbeat.MAX_READINGS) {
            int to = Math.min(beating.size(), from + Heartbeat.MAX_READINGS);
            List<LiveSession> some = beating.subList(from, to);
            List<MeterReading> readings =
                    some.stream().map(LiveSession::reading).toList();
            publish(partition, new Heartbeat(incarnation.get(), beat, readings), tracesOf(some));
        }
    }

    /** Of the sessions that are in a trace that is kept. Mostly there are none, which costs nothing. */
    private static List<TraceContext> tracesOf(List<LiveSession> beating) {
        List<TraceContext> traces = new ArrayList<>();
        for (LiveSession session : beating) {
            TraceContext trace = session.document().origin().startTrace();
            if (trace != null && trace.isSampled() && traces.size() < MOST_TRACES && !traces.contains(trace)) {
                traces.add(trace);
            }
        }
        return traces;
    }

    private void publish(int partition, Heartbeat heartbeat, List<TraceContext> about) {
        CloudEvent event = new CloudEvent(
                        heartbeat.incarnation() + ":" + ++count,
                        Heartbeat.EVENT_TYPE,
                        SessionOutbox.SOURCE,
                        heartbeat.incarnation(),
                        time.now(),
                        Integer.toString(partition),
                        Json.bytes(heartbeat))
                .in(partition)
                .about(about);
        publisher
                .publish(Topic.SESSION_HEARTBEAT, event)
                .subscribe()
                .with(done -> {}, fault -> LOG.debugf("Heartbeat lost: fault=%s", fault));
    }
}
