package io.drawdown.simulator.history;

import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.Group;
import io.drawdown.simulator.broker.Rubbish;
import io.drawdown.simulator.world.SimulationContext;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong with messages on their way from the broker to a group of consumers. */
final class Messages {

    private final SimulationContext context;
    private final Broker broker;

    Messages(SimulationContext context, Broker broker) {
        this.context = context;
        this.broker = broker;
    }

    void duplicate(RandomGenerator random) {
        group(random).faults().duplicate(random);
    }

    void delay(RandomGenerator random) {
        group(random).faults().delay(random);
    }

    void disorder(RandomGenerator random) {
        group(random).faults().disorder(random);
    }

    void fallBack(RandomGenerator random) {
        group(random).faults().fallBack(random);
    }

    void rebalance(RandomGenerator random) {
        group(random).faults().rebalance(random);
    }

    void litter(RandomGenerator random) {
        Group group = group(random);
        context.counts.count("unreadable record");
        context.trace.say("chaos", () -> "puts rubbish before " + group.name());
        broker.litter(group.topic(), Rubbish.on(group.topic(), random));
    }

    boolean areAtRest() {
        return broker.groups().stream().allMatch(Group::isAtRest);
    }

    void settled() {
        broker.groups().forEach(Group::settled);
    }

    private Group group(RandomGenerator random) {
        List<Group> groups = broker.groups();
        return groups.get(random.nextInt(groups.size()));
    }
}
