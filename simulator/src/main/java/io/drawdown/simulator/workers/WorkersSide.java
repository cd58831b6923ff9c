package io.drawdown.simulator.workers;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.contracts.Topic;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.Group;
import io.drawdown.simulator.broker.GroupTerms;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import java.util.List;
import java.util.stream.Stream;

/** checkpoint-worker: two workers that share the partitions of heartbeats. */
public final class WorkersSide {

    private final Database database;
    private final List<WorkerHost> hosts;

    public WorkersSide(SimulationContext context, Broker broker, CheckpointLimits limits, GroupTerms terms) {
        database = new Database(context.timeline, context.random("checkpoints database"));
        Group heartbeats = new Group(context, broker, Topic.SESSION_HEARTBEAT, "heartbeats", terms);
        hosts = Stream.of("worker-1", "worker-2")
                .map(name -> new WorkerHost(context, name, database, limits, new WorkerHost.Ends(broker, heartbeats)))
                .toList();
    }

    public void start() {
        hosts.forEach(WorkerHost::start);
    }

    /** The one whose time they go by. */
    public Database database() {
        return database;
    }
}
