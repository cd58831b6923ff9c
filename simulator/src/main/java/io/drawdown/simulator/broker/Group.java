package io.drawdown.simulator.broker;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.simulator.world.Ground;
import io.drawdown.simulator.world.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
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
    private static final int FAR_BACK = 12;

    private final Ground ground;
    private final Broker broker;
    private final Topic topic;
    private final String name;
    private final GroupTerms terms;
    private final SplittableRandom random;
    private final List<Share> shares =
            Stream.generate(Share::new).limit(Broker.PARTITIONS).toList();
    private final List<Member> connected = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    public Group(Ground ground, Broker broker, Topic topic, String name, GroupTerms terms) {
        this.ground = ground;
        this.broker = broker;
        this.topic = topic;
        this.name = name;
        this.terms = terms;
        random = ground.random("group " + name);
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
    public void join(Line line, GroupConsumer consumer) {
        connected.add(new Member(this, line, consumer, random.split()));
        look();
    }

    Ground ground() {
        return ground;
    }

    void appended(int partition) {
        for (Member member : connected) {
            member.wake();
        }
    }

    /** The coordinator looks who is there. */
    private void watch() {
        look();
        ground.timeline.after(SECOND, this::watch);
    }

    private void look() {
        long now = ground.timeline.nanos();
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
            ground.trace.say(
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
    private void assign(int partition, @Nullable Member next, long overlap) {
        Share share = shares.get(partition);
        Claim former = share.owner;
        if (former != null) {
            ground.timeline.after(overlap, () -> former.member().revoke(former));
        }
        Claim claim = next == null ? null : new Claim(partition, next, share.committed);
        share.owner = claim;
        if (claim != null) {
            ground.timeline.after(random.nextLong(20 * MILLI), () -> next.claim(claim));
        }
    }

    boolean isReadable(Claim claim) {
        return claim.position() < broker.log(topic, claim.partition()).size()
                && shares.get(claim.partition()).standsStillUntilNanos <= ground.timeline.nanos();
    }

    List<RawRecord> read(Claim claim) {
        long end = Math.min(broker.log(topic, claim.partition()).size(), claim.position() + terms.batch());
        List<RawRecord> records = new ArrayList<>();
        for (long offset = claim.position(); offset < end; offset++) {
            records.add(record(claim.partition(), offset));
        }
        return records;
    }

    private RawRecord record(int partition, long offset) {
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
        ground.counts.count("message out of order");
        return records;
    }

    void handing(Member member, List<RawRecord> records) {
        ground.counts.add("message handed over", records.size());
        ground.trace.say(member.name(), () -> "takes of " + name + ": " + places(records));
    }

    private static List<String> places(List<RawRecord> records) {
        return records.stream()
                .map(record -> record.partition() + "@" + record.offset())
                .toList();
    }

    void failed(Member member, Throwable fault) {
        ground.findings.expect(
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
                ground.counts.count("commit of a former owner refused");
            }
        }
        return refused;
    }

    /** How far the partition is done with. */
    public long committed(int partition) {
        return shares.get(partition).committed;
    }

    /** A record that was taken already comes again, to whomever. */
    public void duplicate(RandomGenerator chance) {
        int partition = chance.nextInt(shares.size());
        long taken = shares.get(partition).taken();
        if (taken > 0 && !members.isEmpty()) {
            long offset = taken - 1 - chance.nextLong(Math.min(taken, FAR_BACK));
            Member member = members.get(chance.nextInt(members.size()));
            ground.counts.count("message duplicated");
            ground.trace.say(name, () -> "hands " + partition + "@" + offset + " to " + member.name() + " again");
            member.handAgain(record(partition, offset));
        }
    }

    /** A partition stands still for a while. */
    public void delay(RandomGenerator chance) {
        int partition = chance.nextInt(shares.size());
        long nanos = chance.nextLong(chance.nextInt(4) == 0 ? 12 * SECOND : 2 * SECOND);
        shares.get(partition).standsStillUntilNanos = ground.timeline.nanos() + nanos;
        ground.timeline.after(nanos, () -> appended(partition));
        ground.counts.count("messages delayed");
        ground.trace.say(name, () -> "stands still at " + partition + " for " + nanos / MILLI + " ms");
    }

    /** The next records of a partition come out of order. */
    public void disorder(RandomGenerator chance) {
        int partition = chance.nextInt(shares.size());
        shares.get(partition).isDisordered = true;
        ground.trace.say(name, () -> "loses the order at " + partition);
    }

    /** The group forgets how far it was with a partition. */
    public void fallBack(RandomGenerator chance) {
        int partition = chance.nextInt(shares.size());
        Share share = shares.get(partition);
        if (share.committed > 0 && !members.isEmpty()) {
            long lost = 1 + chance.nextLong(Math.min(share.committed, FAR_BACK));
            share.committed -= lost;
            ground.counts.add("message redelivered", lost);
            ground.trace.say(name, () -> "falls back at " + partition + " to " + share.committed);
            assign(partition, members.get(chance.nextInt(members.size())), 0);
        }
    }

    /** Partitions change their owners, who learn it late. */
    public void rebalance(RandomGenerator chance) {
        if (members.isEmpty()) {
            return;
        }
        ground.counts.count("rebalance with overlap");
        for (int partition = 0; partition < shares.size(); partition++) {
            if (chance.nextBoolean()) {
                Member next = members.get(chance.nextInt(members.size()));
                int moved = partition;
                ground.trace.say(name, () -> "gives " + moved + " to " + next.name());
                assign(partition, next, chance.nextLong(3 * SECOND));
            }
        }
    }

    /** Whether everything was taken. */
    public boolean isAtRest() {
        for (int partition = 0; partition < shares.size(); partition++) {
            if (shares.get(partition).taken() < broker.log(topic, partition).size()) {
                return false;
            }
        }
        return true;
    }

    /** When all has come to rest. */
    public void settled() {
        for (int partition = 0; partition < shares.size(); partition++) {
            int end = broker.log(topic, partition).size();
            Share share = shares.get(partition);
            int at = partition;
            ground.findings.expect(
                    share.taken() == end,
                    "when faults stop every record is consumed",
                    () -> name + " is at " + share.taken() + " of " + end + " of partition " + at);
        }
    }
}
