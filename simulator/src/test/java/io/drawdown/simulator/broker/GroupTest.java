package io.drawdown.simulator.broker;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class GroupTest {

    private static final Topic TOPIC = Topic.METERING_USAGE;
    private static final long SECOND = 1_000_000_000;

    private final SimulationContext context = new SimulationContext(7, false);
    private final Broker broker = new Broker(context);
    private final ConsumerGroup group =
            new ConsumerGroup(context, broker, TOPIC, "test", new GroupSettings(Duration.ofSeconds(3), 4));

    /** A member that records what it gets, and completes each batch at once unless it was told to wait. */
    private final class Reader implements GroupConsumer {
        final Process process;
        final Link link;
        final List<RawRecord> taken = new ArrayList<>();
        final TreeSet<Integer> owned = new TreeSet<>();
        final List<UniEmitter<? super Void>> waiting = new ArrayList<>();
        boolean isSlow;

        Reader(String name) {
            process = new Process(name, context.timeline);
            link = context.link("test", process);
            group.join(link, this);
        }

        @Override
        public Uni<Void> handle(List<RawRecord> records) {
            taken.addAll(records);
            return isSlow
                    ? Uni.createFrom().emitter(waiting::add)
                    : Uni.createFrom().voidItem();
        }

        @Override
        public void assigned(int partition) {
            owned.add(partition);
        }

        @Override
        public void revoked(int partition) {
            owned.remove(partition);
        }

        List<Long> offsets(int partition) {
            return taken.stream()
                    .filter(record -> record.partition() == partition)
                    .map(RawRecord::offset)
                    .toList();
        }

        void finish() {
            isSlow = false;
            List<UniEmitter<? super Void>> open = List.copyOf(waiting);
            waiting.clear();
            open.forEach(emitter -> process.run(() -> emitter.complete(null)));
        }
    }

    private void publish(int partition, int records) {
        for (int i = 0; i < records; i++) {
            byte[] data = "{}".getBytes(UTF_8);
            broker.appendUnreadable(
                    TOPIC, new CloudEvent("id", "type", "source", "s", Instant.EPOCH, "s", data).in(partition));
        }
    }

    private void pass(long seconds) {
        long until = context.timeline.nanos() + seconds * SECOND;
        while (context.timeline.next(until)) {
            // one action after the other
        }
    }

    private static List<Long> upTo(long records) {
        return LongStream.range(0, records).boxed().toList();
    }

    @Test
    void aPartitionIsConsumedOnceAndInOrderWithoutFaults() {
        // Given
        Reader one = new Reader("one");
        Reader other = new Reader("other");
        pass(2);

        // When
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            publish(partition, 10);
        }
        pass(5);

        // Then
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            Reader owner = one.owned.contains(partition) ? one : other;
            assertThat(owner.offsets(partition)).isEqualTo(upTo(10));
            assertThat(group.committed(partition)).isEqualTo(10);
        }
        assertThat(one.owned).hasSize(2).doesNotContainAnyElementsOf(other.owned);
        assertThat(one.taken.size() + other.taken.size()).isEqualTo(40);
    }

    @Test
    void recordsThatADeadMemberDidNotCommitAreDeliveredToAnother() {
        // Given
        Reader dying = new Reader("dying");
        Reader heir = new Reader("heir");
        pass(2);
        int partition = dying.owned.first();
        publish(partition, 2);
        pass(1);
        dying.isSlow = true;
        publish(partition, 3);
        pass(1);

        // When
        dying.process.kill();
        pass(6);

        // Then
        assertThat(dying.offsets(partition)).isEqualTo(upTo(5));
        assertThat(heir.offsets(partition)).containsExactly(2L, 3L, 4L);
        assertThat(heir.owned).hasSize(Broker.PARTITIONS);
    }

    @Test
    void aFrozenMemberFinishesItsBatchLaterAndItsCommitIsRefused() {
        // Given
        Reader sleeper = new Reader("sleeper");
        Reader heir = new Reader("heir");
        pass(2);
        int partition = sleeper.owned.first();
        sleeper.isSlow = true;
        publish(partition, 2);
        pass(1);
        sleeper.process.freeze();
        pass(6);
        publish(partition, 3);
        pass(1);

        // When
        sleeper.process.wake();
        sleeper.finish();
        pass(1);

        // Then
        assertThat(heir.offsets(partition)).isEqualTo(upTo(5));
        assertThat(group.committed(partition)).isEqualTo(5);
        assertThat(context.counts.of("commit of a former owner refused")).isEqualTo(1);
    }

    @Test
    void ownersOverlapAfterARebalance() {
        // Given
        Reader one = new Reader("one");
        Reader other = new Reader("other");
        pass(2);
        one.isSlow = true;
        other.isSlow = true;
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            publish(partition, 3);
        }
        pass(1);

        // When
        group.faults().rebalance(new SplittableRandom(1));
        one.finish();
        other.finish();
        pass(8);

        // Then
        assertThat(one.taken.size() + other.taken.size()).isGreaterThan(12);
        assertThat(context.counts.of("commit of a former owner refused")).isPositive();
        group.checkAtRest();
        assertThat(context.findings.isEmpty()).isTrue();
    }

    @Test
    void faultsOfMessagesLoseNoRecord() {
        // Given
        Reader one = new Reader("one");
        Reader other = new Reader("other");
        pass(2);
        SplittableRandom random = new SplittableRandom(3);

        // When
        for (int round = 0; round < 60; round++) {
            publish(round % Broker.PARTITIONS, 3);
            group.faults().duplicate(random);
            group.faults().delay(random);
            group.faults().reorder(random);
            group.faults().rewind(random);
            pass(1);
        }
        pass(20);

        // Then
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            TreeSet<Long> offsets = new TreeSet<>(one.offsets(partition));
            offsets.addAll(other.offsets(partition));
            assertThat(offsets).containsExactlyElementsOf(upTo(45));
        }
        assertThat(one.taken.size() + other.taken.size()).isGreaterThan(180);
        assertThat(context.counts.all())
                .containsKeys("message duplicated", "messages delayed", "message out of order", "message redelivered");
        group.checkAtRest();
        assertThat(context.findings.isEmpty()).isTrue();
    }

    @Test
    void aMemberWhoseLinkIsDownLosesItsPartitionsAndReturns() {
        // Given
        Reader away = new Reader("away");
        Reader heir = new Reader("heir");
        pass(2);

        // When
        away.link.down(true);
        pass(6);
        int heldByHeir = heir.owned.size();
        away.link.down(false);
        pass(3);
        publish(0, 5);
        pass(2);

        // Then
        assertThat(heldByHeir).isEqualTo(Broker.PARTITIONS);
        assertThat(away.owned).hasSize(2).doesNotContainAnyElementsOf(heir.owned);
        assertThat(group.committed(0)).isEqualTo(5);
    }
}
