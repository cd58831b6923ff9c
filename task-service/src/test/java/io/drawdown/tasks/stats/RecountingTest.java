package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.InstanceCounters.Load;
import io.drawdown.tasks.store.InstanceCounters.StateTally;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecountingTest {

    private final World world = new World();

    private InstanceCounters own() {
        return world.counters.documents.values().iterator().next();
    }

    private long pending() {
        return world.now(world.core.stats().read()).in(TaskState.Name.PENDING);
    }

    private InstanceCounters other(long number, long completed) {
        StateTally tally = new StateTally("echo", Lane.NORMAL, TaskState.Name.COMPLETED, completed, 0);
        return new InstanceCounters(
                "other", number, world.now(), new Load(0, 8), List.of(tally), List.of(), List.of(), null);
    }

    @Test
    void countersThatALaterWriteOvertookAreKept() {
        // Given
        world.send(world.spec("elsewhere"));
        world.pass(4_000);
        InstanceCounters told = own();
        InstanceCounters later = new InstanceCounters(
                told.id(),
                told.number() + 2,
                told.at(),
                told.load(),
                told.states(),
                told.tenants(),
                told.minute(),
                told.cut());
        world.counters.documents.put(told.id(), later);
        // When
        world.pass(20_000);
        // Then
        assertThat(pending()).isEqualTo(1);
        assertThat(own().number()).isGreaterThan(later.number());
        assertThat(own().states()).isEqualTo(told.states());
    }

    @Test
    void processWhoseCountersWereRemovedCountsAnewAndTheNextRecountFindsTheRest() {
        // Given
        world.pass(15_000);
        world.send(world.spec("elsewhere"));
        world.pass(4_000);
        // When
        world.counters.documents.clear();
        world.pass(8_000);
        long before = own().states().size();
        world.pass(Recounting.INTERVAL.toMillis() + 20_000);
        // Then
        assertThat(before).isZero();
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void processThatDidNotHearOfTheRecountInTimeMakesItInexactIfItWentOn() {
        // Given
        world.pass(15_000);
        world.counters.documents.put("other", other(1, 0));
        Instant due = world.counters.recounted.nextAt();
        world.pass(Duration.between(world.now(), due).toMillis());
        while (Objects.requireNonNull(world.counters.recounted.cutAt()).isBefore(due)) {
            world.pass(100);
        }
        Instant cutAt = Objects.requireNonNull(world.counters.recounted.cutAt());
        world.pass(Duration.between(world.now(), cutAt).toMillis() + 1_000);
        // When
        world.counters.documents.put("other", other(2, 1));
        world.pass(5_000);
        // Then
        assertThat(world.counters.recounted.correctedAt()).isEqualTo(cutAt);
        assertThat(world.counters.recounted.nextAt()).isBefore(world.now().plusSeconds(61));
    }
}
