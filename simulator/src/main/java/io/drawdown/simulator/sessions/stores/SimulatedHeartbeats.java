package io.drawdown.simulator.sessions.stores;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.sessions.recovery.HeartbeatHistory;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The heartbeat topic as one process reads it: the records since a time, and the latest records whatever their time. The
 * broker's clock is never set.
 */
public record SimulatedHeartbeats(Link link, Broker broker) implements HeartbeatHistory {

    private static final EventReader<Heartbeat> READER =
            new EventReader<>(Set.of(Heartbeat.EVENT_TYPE), Heartbeat.class);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private static final int LATEST_RECORDS = 1_000;

    @Override
    public Uni<Heard> since(Instant from, Set<String> accountIds) {
        return link.read(() -> read(from.minus(CLOCK_SKEW), accountIds));
    }

    private Heard read(Instant from, Set<String> accountIds) {
        long fromNanos = Duration.between(Database.START, from).toNanos();
        Set<Integer> partitions = new TreeSet<>();
        accountIds.forEach(account -> partitions.add(Partitions.of(account, Broker.PARTITIONS)));
        Greatest greatest = new Greatest(accountIds);
        for (int partition : partitions) {
            List<CloudEvent> log = broker.log(Topic.SESSION_HEARTBEAT, partition);
            List<Long> times = broker.times(Topic.SESSION_HEARTBEAT, partition);
            int latest = log.size() - LATEST_RECORDS;
            for (int i = log.size() - 1; i >= 0 && (i >= latest || times.get(i) >= fromNanos); i--) {
                RawRecord record = RawRecord.of(log.get(i), Topic.SESSION_HEARTBEAT.topicName(), partition, i);
                if (READER.read(record) instanceof Decoded.Readable<Heartbeat>(Heartbeat heartbeat)) {
                    greatest.take(heartbeat);
                }
            }
        }
        return greatest.heard();
    }
}
