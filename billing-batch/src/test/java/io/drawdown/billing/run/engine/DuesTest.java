package io.drawdown.billing.run.engine;

import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.testing.World;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What runs by schedule: once for each time, whatever happens at that time. */
class DuesTest {

    private final World world = new World("a", "b");

    private void schedule(String process, boolean skips) {
        Schedule.Cron cron = Schedule.cron("*/5 * * * *", "UTC");
        world.schedules.put(process, skips ? cron.skippingMissed() : cron);
    }

    private void fire(World.Instance at, String process, Instant slot) {
        world.time.execute(() -> at.core.dues().fired(process, slot));
    }

    @Test
    void whatIsDueAtTheSameTimeRunsInOneRunAndOnceInTheInstallation() {
        // Given
        schedule("a", false);
        schedule("b", false);
        World.Instance one = world.start("one");
        World.Instance two = world.start("two");
        Instant slot = world.now();
        // When
        for (String process : new String[] {"a", "b"}) {
            fire(one, process, slot);
            fire(two, process, slot);
        }
        world.pass(1_000);
        World.Instance runner = one.played.started.isEmpty() ? two : one;
        runner.latest().completes();
        runner.latest().completes();
        world.pass(10_000);
        // Then
        assertThat(world.runs.documents).hasSize(1);
        assertThat(world.run().order().trigger()).isEqualTo(Trigger.SCHEDULE);
        assertThat(world.run().order().processes()).containsExactly("a", "b");
        assertThat(one.played.started.size() + two.played.started.size()).isEqualTo(2);
    }

    /** The clock of an instance may be before that of the database. */
    @Test
    void instanceWhoseClockIsLateDoesNotRunItAgain() {
        // Given
        schedule("a", false);
        World.Instance one = world.start("one");
        Instant slot = world.now().plusSeconds(3);
        fire(one, "a", slot);
        world.pass(1_000);
        one.latest().completes();
        world.pass(1_000);
        // When
        fire(one, "a", slot);
        world.pass(5_000);
        // Then
        assertThat(world.runs.documents).hasSize(1);
    }

    @Test
    void timeAtWhichAnotherRunIsUnderWayIsServedAfterIt() {
        // Given
        schedule("a", false);
        World.Instance one = world.start("one");
        one.begin("b");
        // When
        fire(one, "a", world.now());
        world.pass(3_000);
        int before = one.played.started.size();
        one.latest().completes();
        world.pass(3_000);
        // Then
        assertThat(before).isEqualTo(1);
        assertThat(one.latest().process).isEqualTo("a");
    }

    @Test
    void timeAtWhichAnotherRunIsUnderWayIsLeftOutIfItsProcessWantsThat() {
        // Given
        schedule("a", true);
        World.Instance one = world.start("one");
        one.begin("b");
        // When
        fire(one, "a", world.now());
        world.pass(3_000);
        one.latest().completes();
        world.pass(10_000);
        // Then
        assertThat(one.played.started).hasSize(1);
    }

    @Test
    void whatWasMissedWhileNoInstanceWasUpRunsOnceAndOnlyIfItsProcessWantsThat() {
        // Given
        schedule("a", false);
        schedule("b", true);
        World.Instance one = world.start("one");
        one.begin("a", "b");
        one.latest().completes();
        one.latest().completes();
        world.pass(100);
        one.kill();
        world.pass(3_600_000);
        // When
        World.Instance two = world.start("two");
        world.time.execute(() -> two.core.dues().lookForMissed().subscribe().with(done -> {}));
        world.pass(2_000);
        two.latest().completes();
        world.pass(5_000);
        // Then
        assertThat(two.played.started).extracting(played -> played.process).containsExactly("a");
    }

    @Test
    void pausedProcessIsNotDueAndOneBesideItRuns() {
        // Given
        schedule("a", false);
        schedule("b", false);
        World.Instance one = world.start("one");
        world.answer(one.core.writes().pause("a", true));
        // When
        fire(one, "a", world.now());
        world.pass(5_000);
        int runs = world.runs.documents.size();
        fire(one, "a", world.now());
        fire(one, "b", world.now());
        world.pass(5_000);
        // Then
        assertThat(runs).isZero();
        assertThat(world.run().order().processes()).containsExactly("b");
    }

    @Test
    void processThatHasNeverRunHasMissedNothing() {
        // Given
        schedule("a", false);
        World.Instance one = world.start("one");
        // When
        world.time.execute(() -> one.core.dues().lookForMissed().subscribe().with(done -> {}));
        world.pass(5_000);
        // Then
        assertThat(one.played.started).isEmpty();
    }
}
