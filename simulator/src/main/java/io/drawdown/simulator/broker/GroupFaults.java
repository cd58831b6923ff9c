package io.drawdown.simulator.broker;

import io.drawdown.simulator.world.SimulationContext;
import java.util.random.RandomGenerator;

/** The faults of messages on their way to a group. */
public final class GroupFaults {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final SimulationContext context;
    private final ConsumerGroup group;

    GroupFaults(SimulationContext context, ConsumerGroup group) {
        this.context = context;
        this.group = group;
    }

    /** A partition with records if there is one, else any. */
    private int partitionWithRecords(RandomGenerator chance) {
        int first = chance.nextInt(Broker.PARTITIONS);
        for (int i = 0; i < Broker.PARTITIONS; i++) {
            int partition = (first + i) % Broker.PARTITIONS;
            if (group.end(partition) > 0) {
                return partition;
            }
        }
        return first;
    }

    /** Delivers a record again that was consumed already, to any member. */
    public void duplicate(RandomGenerator chance) {
        int partition = partitionWithRecords(chance);
        long taken = group.share(partition).taken();
        if (taken > 0 && !group.members().isEmpty()) {
            long offset = taken - 1 - chance.nextLong(Math.min(taken, ConsumerGroup.FAR_BACK));
            GroupMember member =
                    group.members().get(chance.nextInt(group.members().size()));
            context.counts.count("message duplicated");
            context.trace.say(
                    group.name(), () -> "hands " + partition + "@" + offset + " to " + member.name() + " again");
            member.redeliver(group.record(partition, offset));
        }
    }

    /** Pauses a partition for a while. */
    public void delay(RandomGenerator chance) {
        context.counts.count("messages delayed");
        pause(partitionWithRecords(chance), chance.nextLong(chance.nextInt(4) == 0 ? 12 * SECOND : 2 * SECOND));
    }

    private void pause(int partition, long nanos) {
        PartitionState share = group.share(partition);
        share.pausedUntilNanos = Math.max(share.pausedUntilNanos, context.timeline.nanos() + nanos);
        context.timeline.after(nanos, group::appended);
        context.trace.say(group.name(), () -> "pauses partition " + partition + " for " + nanos / MILLI + " ms");
    }

    /** Delivers the next records of a partition out of order. A short pause collects several of them in one batch. */
    public void reorder(RandomGenerator chance) {
        int partition = partitionWithRecords(chance);
        group.share(partition).isDisordered = true;
        pause(partition, chance.nextLong(SECOND));
        context.trace.say(group.name(), () -> "reorders partition " + partition);
    }

    /** Sets the committed offset of a partition back. */
    public void rewind(RandomGenerator chance) {
        int partition = partitionWithRecords(chance);
        PartitionState share = group.share(partition);
        if (share.committed > 0 && !group.members().isEmpty()) {
            long lost = 1 + chance.nextLong(Math.min(share.committed, ConsumerGroup.FAR_BACK));
            share.committed -= lost;
            context.counts.add("message redelivered", lost);
            context.trace.say(group.name(), () -> "rewinds partition " + partition + " to " + share.committed);
            group.assign(
                    partition,
                    group.members().get(chance.nextInt(group.members().size())),
                    0);
        }
    }

    /** Moves partitions to other owners; the former owners learn of it late. */
    public void rebalance(RandomGenerator chance) {
        if (group.members().isEmpty()) {
            return;
        }
        context.counts.count("rebalance with overlap");
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            if (chance.nextBoolean()) {
                GroupMember next =
                        group.members().get(chance.nextInt(group.members().size()));
                int moved = partition;
                context.trace.say(group.name(), () -> "gives " + moved + " to " + next.name());
                group.assign(partition, next, chance.nextLong(3 * SECOND));
            }
        }
    }
}
