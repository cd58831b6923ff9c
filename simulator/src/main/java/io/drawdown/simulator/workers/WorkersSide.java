package io.drawdown.simulator.workers;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.contracts.Topic;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.ConsumerGroup;
import io.drawdown.simulator.broker.GroupSettings;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import java.util.List;
import java.util.stream.Stream;

/** Two instances of checkpoint-worker that share the partitions of the heartbeat topic. */
public final class WorkersSide {

    private final Database database;
    private final List<WorkerHost> hosts;

    public WorkersSide(SimulationContext context, Broker broker, CheckpointLimits limits, GroupSettings settings) {
        database = new Database(context.timeline, context.random("checkpoints database"));
        ConsumerGroup heartbeats = new ConsumerGroup(context, broker, Topic.SESSION_HEARTBEAT, "heartbeats", settings);
        hosts = Stream.of("worker-1", "worker-2")
                .map(name ->
                        new WorkerHost(context, name, database, limits, new WorkerHost.Messaging(broker, heartbeats)))
                .toList();
    }

    public void start() {
        hosts.forEach(WorkerHost::start);
    }

    /** The database whose time they use. */
    public Database database() {
        return database;
    }
}
