package io.drawdown.simulator.broker;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** The broker: all published events by topic and partition, in the order of their arrival. */
public final class Broker {

    /** The partition count of every topic. */
    public static final int PARTITIONS = 4;

    /** Topics whose events are published from an outbox. */
    private static final Set<Topic> RELAYED =
            Set.of(Topic.CREDITS_ACCOUNT, Topic.SESSION_LIFECYCLE, Topic.TASK_LIFECYCLE);

    private final Map<Topic, List<List<CloudEvent>>> logs = new HashMap<>();
    private final Map<Topic, List<List<Long>>> times = new HashMap<>();
    private final List<BiConsumer<Topic, CloudEvent>> listeners = new ArrayList<>();
    private final SimulationContext context;
    private final Set<String> ids = new HashSet<>();
    private final List<ConsumerGroup> groups = new ArrayList<>();

    public Broker(SimulationContext context) {
        this.context = context;
        for (Topic topic : Topic.all()) {
            logs.put(topic, perPartition());
            times.put(topic, perPartition());
        }
    }

    private static <T> List<List<T>> perPartition() {
        return IntStream.range(0, PARTITIONS)
                .<List<T>>mapToObj(partition -> new ArrayList<>())
                .toList();
    }

    /** The publisher of a process that is connected by this link. */
    public EventPublisher publisher(Link link) {
        return (topic, event) -> {
            Uni<Void> published = link.write((callFault, answer) -> {
                append(topic, event);
                answer.complete(null);
            });
            return isRelayed(topic, event)
                    ? published
                            .onFailure()
                            .invoke(() -> context.counts.count("relay publishing failed " + topic.topicName()))
                    : published;
        };
    }

    /** The log of one partition; it only grows. */
    public List<CloudEvent> log(Topic topic, int partition) {
        return logs.getOrDefault(topic, List.of()).get(partition);
    }

    /** When each record of that log was appended, in true virtual nanoseconds; as long as the log. */
    public List<Long> times(Topic topic, int partition) {
        return times.getOrDefault(topic, List.of()).get(partition);
    }

    /** The listener gets every event as soon as it is published. */
    public void whenPublished(BiConsumer<Topic, CloudEvent> listener) {
        listeners.add(listener);
    }

    /** Whether the event was ever published from an outbox. */
    boolean has(String eventId) {
        return ids.contains(eventId);
    }

    /** All groups, in the order of their creation. */
    public List<ConsumerGroup> groups() {
        return groups;
    }

    void add(ConsumerGroup group) {
        groups.add(group);
    }

    /** Puts a record that no service published on a topic. Consumers get it, listeners do not. */
    public void appendUnreadable(Topic topic, CloudEvent record) {
        store(topic, record);
    }

    private void append(Topic topic, CloudEvent event) {
        store(topic, event);
        if (isRelayed(topic, event)) {
            String how = ids.add(event.id()) ? "relay published " : "relay published again ";
            context.counts.count(how + topic);
        }
        listeners.forEach(listener -> listener.accept(topic, event));
    }

    /** Only services publish from an outbox. */
    private static boolean isRelayed(Topic topic, CloudEvent event) {
        return RELAYED.contains(topic) && event.source().endsWith("-service");
    }

    private void store(Topic topic, CloudEvent event) {
        int partition = event.partitionOf(PARTITIONS);
        log(topic, partition).add(event);
        times(topic, partition).add(context.timeline.nanos());
        for (ConsumerGroup group : groups) {
            if (group.topic().equals(topic)) {
                group.appended();
            }
        }
    }
}
