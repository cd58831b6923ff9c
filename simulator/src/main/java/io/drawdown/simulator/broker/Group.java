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
 * A group of consumers as Kafka has them: each partition belongs to one living member, and what is not committed is
 * delivered again after a rebalance. Owners overlap: a former owner goes on until it learns that it is one, but its
 * commits are refused.
 */
public final class Group {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    static final int FAR_BACK = 12;

    private final SimulationContext context;
    private final Broker broker;
    private final Topic topic;
    private final String name;
    private final GroupTerms terms;
    private final SplittableRandom random;
    private final List<Share> shares =
            Stream.generate(Share::new).limit(Broker.PARTITIONS).toList();
    private final GroupFaults faults;
    private final List<Member> connected = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    public Group(SimulationContext context, Broker broker, Topic topic, String name, GroupTerms terms) {
        this.context = context;
        this.broker = broker;
        this.topic = topic;
        this.name = name;
        this.terms = terms;
        random = context.random("group " + name);
        faults = new GroupFaults(context, this);
        broker.add(this);
        watch();
    }

    public Topic topic() {
        return topic;
    }

    public String name() {
        return name;
    }

    /** The process at this end of the line becomes a member, for as long as it lives. */
    public void join(Link link, GroupConsumer consumer) {
        connected.add(new Member(this, link, consumer, random.split()));
        look();
    }

    SimulationContext ground() {
        return context;
    }

    /** There may be something to read. */
    void appended() {
        for (Member member : connected) {
            member.wake();
        }
    }

    /** The coordinator looks who is there. */
    private void watch() {
        look();
        context.timeline.after(SECOND, this::watch);
    }

    private void look() {
        long now = context.timeline.nanos();
        boolean isChanged = false;
        connected.removeIf(member -> !member.isAlive() && !members.contains(member));
        for (Member member : connected) {
            if (member.isHeard()) {
                member.seen(now);
                if (!members.contains(member)) {
                    members.add(member);
                    isChanged = true;
                }
            }
        }
        isChanged |= members.removeIf(
                member -> now - member.seenNanos() > terms.sessionTimeout().toNanos());
        if (isChanged) {
            context.trace.say(
                    name,
                    () -> "has the members "
                            + members.stream().map(Member::name).toList());
            deal();
        }
    }

    /** Divides the partitions among the members; one stays where it is if that is where it belongs. */
    private void deal() {
        for (int partition = 0; partition < shares.size(); partition++) {
            if (members.isEmpty()) {
                assign(partition, null, 0);
            } else {
                Member next = members.get(partition % members.size());
                Claim owner = shares.get(partition).owner;
                if (owner == null || owner.member() != next) {
                    assign(partition, next, random.nextLong(50 * MILLI));
                }
            }
        }
    }

    /** @param overlap after so long the former owner learns of it */
    void assign(int partition, @Nullable Member next, long overlap) {
        Share share = shares.get(partition);
        Claim former = share.owner;
        if (former != null) {
            context.timeline.after(overlap, () -> former.member().revoke(former));
        }
        share.owner = null;
        if (next != null) {
            Claim claim = new Claim(partition, next, share.committed);
            share.owner = claim;
            context.timeline.after(random.nextLong(20 * MILLI), () -> next.claim(claim));
        }
    }

    boolean isCurrent(Claim claim) {
        return shares.get(claim.partition()).owner == claim;
    }

    boolean isReadable(Claim claim) {
        return claim.position() < end(claim.partition())
                && shares.get(claim.partition()).standsStillUntilNanos <= context.timeline.nanos();
    }

    List<RawRecord> read(Claim claim) {
        long end = Math.min(end(claim.partition()), claim.position() + terms.batch());
        List<RawRecord> records = new ArrayList<>();
        for (long offset = claim.position(); offset < end; offset++) {
            records.add(record(claim.partition(), offset));
        }
        return records;
    }

    RawRecord record(int partition, long offset) {
        CloudEvent event = broker.log(topic, partition).get((int) offset);
        return RawRecord.of(event, topic.topicName(), partition, offset);
    }

    /** The records as they are handed over: another order, or an old one after them, if that was to befall the next. */
    List<RawRecord> inOrder(Claim claim, List<RawRecord> records) {
        Share share = shares.get(claim.partition());
        if (!share.isDisordered) {
            return records;
        }
        long before = records.getFirst().offset();
        if (records.size() > 1) {
            Collections.shuffle(records, random);
        } else if (before > 0) {
            records.add(record(claim.partition(), before - 1 - random.nextLong(Math.min(before, FAR_BACK))));
        } else {
            return records;
        }
        share.isDisordered = false;
        context.counts.count("message out of order");
        return records;
    }

    void handing(Member member, List<RawRecord> records) {
        context.counts.add("message handed over", records.size());
        context.trace.say(member.name(), () -> "takes of " + name + ": " + places(records));
    }

    private static List<String> places(List<RawRecord> records) {
        return records.stream()
                .map(record -> record.partition() + "@" + record.offset())
                .toList();
    }

    void failed(Member member, Throwable fault) {
        context.findings.expect(
                false, "a batch is handled in the end", () -> member.name() + " of " + name + ": " + fault);
    }

    /** Takes note of what was handled; those whose claim is void are refused. */
    List<Claim> commit(List<Member.Done> batch) {
        List<Claim> refused = new ArrayList<>();
        for (Member.Done done : batch) {
            Claim claim = done.claim();
            Share share = shares.get(claim.partition());
            if (share.owner == claim) {
                share.committed = done.next();
            } else {
                refused.add(claim);
                context.counts.count("commit of a former owner refused");
            }
        }
        return refused;
    }

    /** How far the partition is done with. */
    public long committed(int partition) {
        return shares.get(partition).committed;
    }

    /** What may befall its messages. */
    public GroupFaults faults() {
        return faults;
    }

    Share share(int partition) {
        return shares.get(partition);
    }

    List<Member> members() {
        return members;
    }

    int end(int partition) {
        return broker.log(topic, partition).size();
    }

    /** Whether everything was taken. */
    public boolean isAtRest() {
        for (int partition = 0; partition < shares.size(); partition++) {
            if (shares.get(partition).taken() < end(partition)) {
                return false;
            }
        }
        return true;
    }

    /** When all has come to rest. */
    public void settled() {
        for (int partition = 0; partition < shares.size(); partition++) {
            int end = end(partition);
            Share share = shares.get(partition);
            int at = partition;
            context.findings.expect(
                    share.taken() == end,
                    "when faults stop, every record is consumed",
                    () -> name + " is at " + share.taken() + " of " + end + " of partition " + at);
        }
    }
}
