package io.drawdown.simulator.history;

import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.ConsumerGroup;
import io.drawdown.simulator.broker.UnreadableRecords;
import io.drawdown.simulator.world.SimulationContext;
import java.util.List;
import java.util.random.RandomGenerator;

/** Applies faults to the messages of a consumer group that is chosen at random. */
final class MessageFaults {

    private final SimulationContext context;
    private final Broker broker;

    MessageFaults(SimulationContext context, Broker broker) {
        this.context = context;
        this.broker = broker;
    }

    void duplicate(RandomGenerator random) {
        group(random).faults().duplicate(random);
    }

    void delay(RandomGenerator random) {
        group(random).faults().delay(random);
    }

    void reorder(RandomGenerator random) {
        group(random).faults().reorder(random);
    }

    void rewind(RandomGenerator random) {
        group(random).faults().rewind(random);
    }

    void rebalance(RandomGenerator random) {
        group(random).faults().rebalance(random);
    }

    void addUnreadableRecord(RandomGenerator random) {
        ConsumerGroup group = group(random);
        context.counts.count("unreadable record");
        context.trace.say("chaos", () -> "publishes an unreadable record for " + group.name());
        broker.appendUnreadable(group.topic(), UnreadableRecords.forTopic(group.topic(), random));
    }

    boolean areAtRest() {
        return broker.groups().stream().allMatch(ConsumerGroup::isAtRest);
    }

    void checkAtRest() {
        broker.groups().forEach(ConsumerGroup::checkAtRest);
    }

    private ConsumerGroup group(RandomGenerator random) {
        List<ConsumerGroup> groups = broker.groups();
        return groups.get(random.nextInt(groups.size()));
    }
}
