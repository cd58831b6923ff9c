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
 * One consumer of a group: polls its partitions, hands over, commits, polls on. What it thinks it owns may be another's
 * already; it learns that late, or from a commit that is refused.
 */
final class Member {

    private static final long MILLI = 1_000_000;

    private final Group group;
    private final Link link;
    private final Process process;
    private final GroupConsumer consumer;
    private final SplittableRandom random;
    private final TreeMap<Integer, Claim> claims = new TreeMap<>();
    private final Deque<RawRecord> again = new ArrayDeque<>();
    private long seenNanos;
    private boolean busy;

    Member(Group group, Link link, GroupConsumer consumer, SplittableRandom random) {
        this.group = group;
        this.link = link;
        this.process = link.caller();
        this.consumer = consumer;
        this.random = random;
    }

    /** Records of one partition, as the broker answered. */
    private record Fetched(Claim claim, List<RawRecord> records) {}

    /** How far a claim was handled. */
    record Done(Claim claim, long next) {}

    String name() {
        return process.name();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether its signs of life reach the broker. */
    boolean isHeard() {
        return process.isAlive() && !process.isFrozen() && !link.isDown();
    }

    void seen(long nanos) {
        seenNanos = nanos;
    }

    long seenNanos() {
        return seenNanos;
    }

    /** It learns of its claim, unless that is void already. */
    void claim(Claim claim) {
        process.run(() -> {
            if (group.isCurrent(claim)) {
                drop(claims.get(claim.partition()));
                claims.put(claim.partition(), claim);
                consumer.assigned(claim.partition());
                wake();
            }
        });
    }

    /** It learns that its claim is void. */
    void revoke(Claim claim) {
        process.run(() -> drop(claim));
    }

    private void drop(@Nullable Claim claim) {
        if (claim != null && claims.remove(claim.partition(), claim)) {
            consumer.revoked(claim.partition());
        }
    }

    /** A record comes once more, whatever it owns. */
    void handAgain(RawRecord record) {
        again.add(record);
        wake();
    }

    /** Something may be there for it. */
    void wake() {
        if (!busy && hasWork()) {
            busy = true;
            group.ground().timeline.after(latency(), () -> process.run(this::poll));
        }
    }

    private boolean hasWork() {
        if (!again.isEmpty()) {
            return true;
        }
        for (Claim claim : claims.values()) {
            if (group.isReadable(claim)) {
                return true;
            }
        }
        return false;
    }

    private void poll() {
        link.read(this::fetch).subscribe().with(this::received, fault -> process.after(pause(), this::poll));
    }

    /** At the broker, which asks nobody whether he is the owner. */
    private List<Fetched> fetch() {
        List<Fetched> fetched = new ArrayList<>();
        for (Claim claim : claims.values()) {
            if (group.isReadable(claim)) {
                fetched.add(new Fetched(claim, group.read(claim)));
            }
        }
        return fetched;
    }

    private void received(List<Fetched> fetched) {
        List<RawRecord> records = new ArrayList<>(again);
        again.clear();
        List<Done> batch = new ArrayList<>();
        for (Fetched part : fetched) {
            Claim claim = part.claim();
            if (claims.get(claim.partition()) == claim) {
                claim.advance(claim.position() + part.records().size());
                batch.add(new Done(claim, claim.position()));
                records.addAll(group.inOrder(claim, part.records()));
            }
        }
        if (records.isEmpty()) {
            next();
        } else {
            group.handing(this, records);
            consumer.handle(records).subscribe().with(done -> commit(batch), fault -> group.failed(this, fault));
        }
    }

    private void commit(List<Done> batch) {
        if (batch.isEmpty()) {
            next();
            return;
        }
        link.<List<Claim>>write((callFault, answer) -> answer.complete(group.commit(batch)))
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
