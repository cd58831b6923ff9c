package io.drawdown.simulator.broker;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.events.Partitions;
import io.drawdown.simulator.world.Line;
import io.drawdown.simulator.world.Timeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that was ever published, by topic and partition, in the order in which it arrived. */
public final class Broker {

    /** Of every topic. */
    public static final int PARTITIONS = 4;

    private final Map<Topic, List<List<CloudEvent>>> logs = new EnumMap<>(Topic.class);
    private final Map<Topic, List<List<Long>>> times = new EnumMap<>(Topic.class);
    private final List<BiConsumer<Topic, CloudEvent>> listeners = new ArrayList<>();
    private final Timeline timeline;

    public Broker(Timeline timeline) {
        this.timeline = timeline;
        for (Topic topic : Topic.values()) {
            logs.put(topic, perPartition());
            times.put(topic, perPartition());
        }
    }

    private static <T> List<List<T>> perPartition() {
        return IntStream.range(0, PARTITIONS)
                .<List<T>>mapToObj(partition -> new ArrayList<>())
                .toList();
    }

    /** How a process publishes over this line. */
    public EventPublisher publisher(Line line) {
        return (topic, event) -> line.write((fate, answer) -> {
            append(topic, event);
            answer.complete(null);
        });
    }

    /** The log of one partition; it only grows. */
    public List<CloudEvent> log(Topic topic, int partition) {
        return logs.getOrDefault(topic, List.of()).get(partition);
    }

    /** When each record of that log was appended, in true virtual nanoseconds; as long as the log. */
    public List<Long> times(Topic topic, int partition) {
        return times.getOrDefault(topic, List.of()).get(partition);
    }

    public Stream<CloudEvent> all(Topic topic) {
        return logs.getOrDefault(topic, List.of()).stream().flatMap(List::stream);
    }

    /** Told of everything that is published, at once. */
    public void whenPublished(BiConsumer<Topic, CloudEvent> listener) {
        listeners.add(listener);
    }

    private void append(Topic topic, CloudEvent event) {
        Integer asked = event.partition();
        int partition = asked == null ? Partitions.of(event.key(), PARTITIONS) : asked;
        log(topic, partition).add(event);
        times(topic, partition).add(timeline.nanos());
        listeners.forEach(listener -> listener.accept(topic, event));
    }
}
