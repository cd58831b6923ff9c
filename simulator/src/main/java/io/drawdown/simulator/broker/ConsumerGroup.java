package io.drawdown.simulator.broker;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A consumer group as in Kafka: each partition is assigned to one living member, and records that are not committed are
 * delivered again after a rebalance. Owners overlap: a former owner goes on until it learns of the rebalance, but its
 * commits are refused.
 */
public final class ConsumerGroup {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    static final int FAR_BACK = 12;

    private final SimulationContext context;
    private final Broker broker;
    private final Topic topic;
    private final String name;
    private final GroupSettings settings;
    private final SplittableRandom random;
    private final List<PartitionState> shares =
            Stream.generate(PartitionState::new).limit(Broker.PARTITIONS).toList();
    private final GroupFaults faults;
    private final List<GroupMember> connected = new ArrayList<>();
    private final List<GroupMember> members = new ArrayList<>();

    public ConsumerGroup(SimulationContext context, Broker broker, Topic topic, String name, GroupSettings settings) {
        this.context = context;
        this.broker = broker;
        this.topic = topic;
        this.name = name;
        this.settings = settings;
        random = context.random("group " + name);
        faults = new GroupFaults(context, this);
        broker.add(this);
        checkMembersRegularly();
    }

    public Topic topic() {
        return topic;
    }

    public String name() {
        return name;
    }

    /** The process that calls over this link becomes a member for as long as it lives. */
    public void join(Link link, GroupConsumer consumer) {
        connected.add(new GroupMember(this, link, consumer, random.split()));
        updateMembers();
    }

    SimulationContext context() {
        return context;
    }

    /** There may be new records. */
    void appended() {
        for (GroupMember member : connected) {
            member.wake();
        }
    }

    /** The coordinator checks the members every second. */
    private void checkMembersRegularly() {
        updateMembers();
        context.timeline.after(SECOND, this::checkMembersRegularly);
    }

    private void updateMembers() {
        long now = context.timeline.nanos();
        boolean isChanged = false;
        connected.removeIf(member -> !member.isAlive() && !members.contains(member));
        for (GroupMember member : connected) {
            if (member.isReachable()) {
                member.seen(now);
                if (!members.contains(member)) {
                    members.add(member);
                    isChanged = true;
                }
            }
        }
        isChanged |= members.removeIf(
                member -> now - member.seenNanos() > settings.sessionTimeout().toNanos());
        if (isChanged) {
            context.trace.say(
                    name,
                    () -> "has the members "
                            + members.stream().map(GroupMember::name).toList());
            assignPartitions();
        }
    }

    /** Divides the partitions among the members. A partition stays with its owner if it belongs there. */
    private void assignPartitions() {
        for (int partition = 0; partition < shares.size(); partition++) {
            if (members.isEmpty()) {
                assign(partition, null, 0);
            } else {
                GroupMember next = members.get(partition % members.size());
                Assignment owner = shares.get(partition).owner;
                if (owner == null || owner.member() != next) {
                    assign(partition, next, random.nextLong(50 * MILLI));
                }
            }
        }
    }

    /** @param overlap nanoseconds after which the former owner learns of it */
    void assign(int partition, @Nullable GroupMember next, long overlap) {
        PartitionState share = shares.get(partition);
        Assignment former = share.owner;
        if (former != null) {
            context.timeline.after(overlap, () -> former.member().revoke(former));
        }
        share.owner = null;
        if (next != null) {
            Assignment assignment = new Assignment(partition, next, share.committed);
            share.owner = assignment;
            context.timeline.after(random.nextLong(20 * MILLI), () -> next.claim(assignment));
        }
    }

    boolean isCurrent(Assignment assignment) {
        return shares.get(assignment.partition()).owner == assignment;
    }

    boolean isReadable(Assignment assignment) {
        return assignment.position() < end(assignment.partition())
                && shares.get(assignment.partition()).pausedUntilNanos <= context.timeline.nanos();
    }

    List<RawRecord> read(Assignment assignment) {
        long end = Math.min(end(assignment.partition()), assignment.position() + settings.batch());
        List<RawRecord> records = new ArrayList<>();
        for (long offset = assignment.position(); offset < end; offset++) {
            records.add(record(assignment.partition(), offset));
        }
        return records;
    }

    RawRecord record(int partition, long offset) {
        CloudEvent event = broker.log(topic, partition).get((int) offset);
        return RawRecord.of(event, topic.topicName(), partition, offset);
    }

    /**
     * The records as they are delivered: out of order, or with an old record after them, if that was ordered for the
     * next batch.
     */
    List<RawRecord> inOrder(Assignment assignment, List<RawRecord> records) {
        PartitionState share = shares.get(assignment.partition());
        if (!share.isDisordered) {
            return records;
        }
        long before = records.getFirst().offset();
        if (records.size() > 1) {
            Collections.shuffle(records, random);
        } else if (before > 0) {
            records.add(record(assignment.partition(), before - 1 - random.nextLong(Math.min(before, FAR_BACK))));
        } else {
            return records;
        }
        share.isDisordered = false;
        context.counts.count("message out of order");
        return records;
    }

    void handedOver(GroupMember member, List<RawRecord> records) {
        context.counts.add("message handed over", records.size());
        context.trace.say(member.name(), () -> "takes of " + name + ": " + places(records));
    }

    private static List<String> places(List<RawRecord> records) {
        return records.stream()
                .map(record -> record.partition() + "@" + record.offset())
                .toList();
    }

    void failed(GroupMember member, Throwable fault) {
        context.findings.expect(
                false, "a batch is handled in the end", () -> member.name() + " of " + name + ": " + fault);
    }

    /** Commits what was handled. Returns the assignments that are no longer valid, whose commits are refused. */
    List<Assignment> commit(List<GroupMember.Done> batch) {
        List<Assignment> refused = new ArrayList<>();
        for (GroupMember.Done done : batch) {
            Assignment assignment = done.assignment();
            PartitionState share = shares.get(assignment.partition());
            if (share.owner == assignment) {
                share.committed = done.next();
            } else {
                refused.add(assignment);
                context.counts.count("commit of a former owner refused");
            }
        }
        return refused;
    }

    /** The committed offset of the partition. */
    public long committed(int partition) {
        return shares.get(partition).committed;
    }

    /** The faults of its messages. */
    public GroupFaults faults() {
        return faults;
    }

    PartitionState share(int partition) {
        return shares.get(partition);
    }

    List<GroupMember> members() {
        return members;
    }

    int end(int partition) {
        return broker.log(topic, partition).size();
    }

    /** Whether all records were consumed. */
    public boolean isAtRest() {
        for (int partition = 0; partition < shares.size(); partition++) {
            if (shares.get(partition).taken() < end(partition)) {
                return false;
            }
        }
        return true;
    }

    /** Checks the group at rest. */
    public void checkAtRest() {
        for (int partition = 0; partition < shares.size(); partition++) {
            int end = end(partition);
            PartitionState share = shares.get(partition);
            int at = partition;
            context.findings.expect(
                    share.taken() == end,
                    "when faults stop, every record is consumed",
                    () -> name + " is at " + share.taken() + " of " + end + " of partition " + at);
        }
    }
}
