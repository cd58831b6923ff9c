package io.drawdown.simulator.broker;

import io.drawdown.simulator.world.Ground;
import java.util.random.RandomGenerator;

/** What befalls messages on their way to a group. */
public final class GroupFaults {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final Ground ground;
    private final Group group;

    GroupFaults(Ground ground, Group group) {
        this.ground = ground;
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
            ground.counts.count("message duplicated");
            ground.trace.say(
                    group.name(), () -> "hands " + partition + "@" + offset + " to " + member.name() + " again");
            member.handAgain(group.record(partition, offset));
        }
    }

    /** A partition stands still for a while. */
    public void delay(RandomGenerator chance) {
        ground.counts.count("messages delayed");
        standStill(used(chance), chance.nextLong(chance.nextInt(4) == 0 ? 12 * SECOND : 2 * SECOND));
    }

    private void standStill(int partition, long nanos) {
        Share share = group.share(partition);
        share.standsStillUntilNanos = Math.max(share.standsStillUntilNanos, ground.timeline.nanos() + nanos);
        ground.timeline.after(nanos, group::appended);
        ground.trace.say(group.name(), () -> "stands still at " + partition + " for " + nanos / MILLI + " ms");
    }

    /** The next records of a partition come out of order; a short delay lets some come together. */
    public void disorder(RandomGenerator chance) {
        int partition = used(chance);
        group.share(partition).isDisordered = true;
        standStill(partition, chance.nextLong(SECOND));
        ground.trace.say(group.name(), () -> "loses the order at " + partition);
    }

    /** The group forgets how far it was with a partition. */
    public void fallBack(RandomGenerator chance) {
        int partition = used(chance);
        Share share = group.share(partition);
        if (share.committed > 0 && !group.members().isEmpty()) {
            long lost = 1 + chance.nextLong(Math.min(share.committed, Group.FAR_BACK));
            share.committed -= lost;
            ground.counts.add("message redelivered", lost);
            ground.trace.say(group.name(), () -> "falls back at " + partition + " to " + share.committed);
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
        ground.counts.count("rebalance with overlap");
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            if (chance.nextBoolean()) {
                Member next = group.members().get(chance.nextInt(group.members().size()));
                int moved = partition;
                ground.trace.say(group.name(), () -> "gives " + moved + " to " + next.name());
                group.assign(partition, next, chance.nextLong(3 * SECOND));
            }
        }
    }
}
