package io.drawdown.simulator.workers;

import io.drawdown.checkpoints.CheckpointCore;
import io.drawdown.checkpoints.CheckpointPorts;
import io.drawdown.checkpoints.HeartbeatConsumer;
import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.metering.UsagePublisher;
import io.drawdown.checkpoints.runs.RunStore;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.BatchProcessor;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.ConsumerGroup;
import io.drawdown.simulator.broker.GroupConsumer;
import io.drawdown.simulator.broker.SimulatedDeadLetters;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** One checkpoint-worker. */
public final class WorkerHost extends Host {

    private final CheckpointLimits limits;
    private final Messaging ends;

    /** The broker, and the group that it reads. */
    record Messaging(Broker broker, ConsumerGroup heartbeats) {}

    WorkerHost(SimulationContext context, String name, Database database, CheckpointLimits limits, Messaging ends) {
        super(context, name, database);
        this.limits = limits;
        this.ends = ends;
    }

    @Override
    protected void run(Process fresh) {
        Link producer = context.link("broker", fresh);
        Link runs = context.link("runs", fresh);
        RunStore store = run -> runs.write((callFault, answer) -> answer.complete(null));
        CheckpointPorts ports = new CheckpointPorts(
                new UsagePublisher(ends.broker().publisher(producer), time(), fresh.name()),
                store,
                new CountingRunMonitor(context),
                time(),
                fresh,
                context.random(fresh.name()));
        CheckpointCore core = new CheckpointCore(ports, fresh.name(), Broker.PARTITIONS, limits);
        core.start();
        BatchProcessor<Heartbeat> batches = HeartbeatConsumer.batches(
                core::handle,
                new FaultHandling(
                        new SimulatedDeadLetters(
                                context,
                                ends.broker(),
                                context.link("dead letters", fresh),
                                Topic.deadLetters(Service.CHECKPOINT_WORKER)),
                        fresh::pause,
                        context.random(fresh.name() + " consumers")));
        ends.heartbeats().join(context.link("heartbeats", fresh), new HeartbeatMember(core, batches));
    }

    @Override
    protected void stopped() {
        // no other part of the simulation depends on a running worker
    }

    /** Passes assignments and heartbeats to the core. */
    private record HeartbeatMember(CheckpointCore core, BatchProcessor<Heartbeat> batches) implements GroupConsumer {

        @Override
        public Uni<Void> handle(List<RawRecord> records) {
            return batches.process(records);
        }

        @Override
        public void assigned(int partition) {
            core.assigned(List.of(partition));
        }

        @Override
        public void revoked(int partition) {
            core.revoked(List.of(partition));
        }
    }
}
