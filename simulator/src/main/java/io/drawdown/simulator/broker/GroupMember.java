package io.drawdown.simulator.broker;

import io.drawdown.kit.events.RawRecord;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One consumer of a group: it polls its partitions, hands records over, commits, and polls again. A partition that it
 * believes to own may be another member's already; it learns this late, or when a commit is refused.
 */
final class GroupMember {

    private static final long MILLI = 1_000_000;

    private final ConsumerGroup group;
    private final Link link;
    private final Process process;
    private final GroupConsumer consumer;
    private final SplittableRandom random;
    private final TreeMap<Integer, Assignment> claims = new TreeMap<>();
    private final Deque<RawRecord> again = new ArrayDeque<>();
    private long seenNanos;
    private boolean busy;

    GroupMember(ConsumerGroup group, Link link, GroupConsumer consumer, SplittableRandom random) {
        this.group = group;
        this.link = link;
        this.process = link.caller();
        this.consumer = consumer;
        this.random = random;
    }

    /** Records of one partition, as the broker returned them. */
    private record Fetched(Assignment assignment, List<RawRecord> records) {}

    /** Up to which offset an assignment was handled. */
    record Done(Assignment assignment, long next) {}

    String name() {
        return process.name();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether its heartbeats reach the broker. */
    boolean isReachable() {
        return process.isAlive() && !process.isFrozen() && !link.isDown();
    }

    void seen(long nanos) {
        seenNanos = nanos;
    }

    long seenNanos() {
        return seenNanos;
    }

    /** Tells the member of its assignment, unless that is no longer valid. */
    void claim(Assignment assignment) {
        process.run(() -> {
            if (group.isCurrent(assignment)) {
                drop(claims.get(assignment.partition()));
                claims.put(assignment.partition(), assignment);
                consumer.assigned(assignment.partition());
                wake();
            }
        });
    }

    /** Tells the member that its assignment is no longer valid. */
    void revoke(Assignment assignment) {
        process.run(() -> drop(assignment));
    }

    private void drop(@Nullable Assignment assignment) {
        if (assignment != null && claims.remove(assignment.partition(), assignment)) {
            consumer.revoked(assignment.partition());
        }
    }

    /** Delivers a record once more, whatever the member owns. */
    void redeliver(RawRecord record) {
        again.add(record);
        wake();
    }

    /** Polls if there may be something to read. */
    void wake() {
        if (!busy && hasWork()) {
            busy = true;
            group.context().timeline.after(latency(), () -> process.run(this::poll));
        }
    }

    private boolean hasWork() {
        if (!again.isEmpty()) {
            return true;
        }
        for (Assignment assignment : claims.values()) {
            if (group.isReadable(assignment)) {
                return true;
            }
        }
        return false;
    }

    private void poll() {
        link.read(this::fetch).subscribe().with(this::received, fault -> process.after(pause(), this::poll));
    }

    /** The broker's side, which does not check who owns the partition. */
    private List<Fetched> fetch() {
        List<Fetched> fetched = new ArrayList<>();
        for (Assignment assignment : claims.values()) {
            if (group.isReadable(assignment)) {
                fetched.add(new Fetched(assignment, group.read(assignment)));
            }
        }
        return fetched;
    }

    private void received(List<Fetched> fetched) {
        List<RawRecord> records = new ArrayList<>(again);
        again.clear();
        List<Done> batch = new ArrayList<>();
        for (Fetched part : fetched) {
            Assignment assignment = part.assignment();
            if (claims.get(assignment.partition()) == assignment) {
                assignment.advance(assignment.position() + part.records().size());
                batch.add(new Done(assignment, assignment.position()));
                records.addAll(group.inOrder(assignment, part.records()));
            }
        }
        if (records.isEmpty()) {
            next();
        } else {
            group.handedOver(this, records);
            consumer.handle(records).subscribe().with(done -> commit(batch), fault -> group.failed(this, fault));
        }
    }

    private void commit(List<Done> batch) {
        if (batch.isEmpty()) {
            next();
            return;
        }
        link.<List<Assignment>>write((callFault, answer) -> answer.complete(group.commit(batch)))
                .subscribe()
                .with(
                        refused -> {
                            refused.forEach(this::drop);
                            next();
                        },
                        fault -> next());
    }

    private void next() {
        busy = false;
        wake();
    }

    private long latency() {
        return random.nextInt(16) == 0 ? random.nextLong(300 * MILLI) : random.nextLong(3 * MILLI);
    }

    private Duration pause() {
        return Duration.ofMillis(100 + random.nextInt(900));
    }
}
