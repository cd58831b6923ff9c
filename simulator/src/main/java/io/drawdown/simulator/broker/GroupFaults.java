package io.drawdown.simulator.broker;

import io.drawdown.simulator.world.SimulationContext;
import java.util.random.RandomGenerator;

/** What befalls messages on their way to a group. */
public final class GroupFaults {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final SimulationContext context;
    private final Group group;

    GroupFaults(SimulationContext context, Group group) {
        this.context = context;
        this.group = group;
    }

    /** A partition with records, if there is one. */
    private int used(RandomGenerator chance) {
        int first = chance.nextInt(Broker.PARTITIONS);
        for (int i = 0; i < Broker.PARTITIONS; i++) {
            int partition = (first + i) % Broker.PARTITIONS;
            if (group.end(partition) > 0) {
                return partition;
            }
        }
        return first;
    }

    /** A record that was taken already comes again, to whomever. */
    public void duplicate(RandomGenerator chance) {
        int partition = used(chance);
        long taken = group.share(partition).taken();
        if (taken > 0 && !group.members().isEmpty()) {
            long offset = taken - 1 - chance.nextLong(Math.min(taken, Group.FAR_BACK));
            Member member = group.members().get(chance.nextInt(group.members().size()));
            context.counts.count("message duplicated");
            context.trace.say(
                    group.name(), () -> "hands " + partition + "@" + offset + " to " + member.name() + " again");
            member.handAgain(group.record(partition, offset));
        }
    }

    /** A partition stands still for a while. */
    public void delay(RandomGenerator chance) {
        context.counts.count("messages delayed");
        standStill(used(chance), chance.nextLong(chance.nextInt(4) == 0 ? 12 * SECOND : 2 * SECOND));
    }

    private void standStill(int partition, long nanos) {
        Share share = group.share(partition);
        share.standsStillUntilNanos = Math.max(share.standsStillUntilNanos, context.timeline.nanos() + nanos);
        context.timeline.after(nanos, group::appended);
        context.trace.say(group.name(), () -> "stands still at " + partition + " for " + nanos / MILLI + " ms");
    }

    /** The next records of a partition come out of order; a short delay lets some come together. */
    public void disorder(RandomGenerator chance) {
        int partition = used(chance);
        group.share(partition).isDisordered = true;
        standStill(partition, chance.nextLong(SECOND));
        context.trace.say(group.name(), () -> "loses the order at " + partition);
    }

    /** The group forgets how far it was with a partition. */
    public void fallBack(RandomGenerator chance) {
        int partition = used(chance);
        Share share = group.share(partition);
        if (share.committed > 0 && !group.members().isEmpty()) {
            long lost = 1 + chance.nextLong(Math.min(share.committed, Group.FAR_BACK));
            share.committed -= lost;
            context.counts.add("message redelivered", lost);
            context.trace.say(group.name(), () -> "falls back at " + partition + " to " + share.committed);
            group.assign(
                    partition,
                    group.members().get(chance.nextInt(group.members().size())),
                    0);
        }
    }

    /** Partitions change their owners, who learn it late. */
    public void rebalance(RandomGenerator chance) {
        if (group.members().isEmpty()) {
            return;
        }
        context.counts.count("rebalance with overlap");
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            if (chance.nextBoolean()) {
                Member next = group.members().get(chance.nextInt(group.members().size()));
                int moved = partition;
                context.trace.say(group.name(), () -> "gives " + moved + " to " + next.name());
                group.assign(partition, next, chance.nextLong(3 * SECOND));
            }
        }
    }
}
