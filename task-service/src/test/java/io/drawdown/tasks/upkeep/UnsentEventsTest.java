package io.drawdown.tasks.upkeep;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.kit.lease.Incarnation;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnsentEventsTest {

    private static final int MANY = UnsentEvents.PAGE * 2 + 50;
    private static final Duration OLD = Duration.ofSeconds(20);

    private final World world = new World();

    @Test
    void oneRoundSendsAllThatIsOldAlthoughItFillsPagesAndHasOneTime() {
        // Given
        Instant then = world.now().minus(OLD);
        for (int each = 0; each < MANY; each++) {
            unsent("a" + each, then);
            unsent("b" + each, then.plusMillis(each));
        }
        // When
        world.pass(6_500);
        // Then
        assertThat(sent()).hasSize(2 * MANY);
        world.pass(3_000);
        assertThat(world.tasks.documents.values())
                .allMatch(task -> task.outbox().pending() == null);
    }

    @Test
    void theOldestIsSentFirst() {
        // Given
        unsent("young", world.now().minus(OLD));
        unsent("old", world.now().minus(OLD.multipliedBy(2)));
        // When
        world.pass(6_000);
        // Then
        assertThat(sent()).containsExactly("tsk_old", "tsk_young");
    }

    @Test
    void freshEventsAreLeftToTheirWriter() {
        // Given
        unsent("fresh", world.now().plusSeconds(3));
        // When
        world.pass(6_000);
        assertThat(sent()).isEmpty();
        world.pass(5_000);
        // Then
        assertThat(sent()).containsExactly("tsk_fresh");
    }

    @Test
    void eventsOfAClockThatIsAheadAreSent() {
        // Given
        unsent("ahead", world.now().plus(Duration.ofHours(1)));
        // When
        world.pass(6_000);
        // Then
        assertThat(sent()).containsExactly("tsk_ahead");
    }

    @Test
    void livingInstancesShareWhatIsUnsentUntilOneNeglectsItsPart() {
        // Given
        world.incarnations.incarnations.put("tasks-2-a", Incarnation.first("tasks-2-a", "tasks-2", world.now()));
        world.pass(1_000);
        for (int each = 0; each < MANY; each++) {
            unsent("a" + each, world.now());
        }
        // When
        passWhileTheOtherLives(20);
        int mine = sent().size();
        passWhileTheOtherLives(UnsentEvents.NEGLECTED.toSeconds());
        // Then
        assertThat(mine).isBetween(MANY / 4, MANY * 3 / 4);
        assertThat(sent()).hasSize(MANY);
    }

    @Test
    void noMoreIsLookedForThanCanBeHeldWhileTheBrokerIsAway() {
        // Given
        world.brokerAway = true;
        Instant then = world.now().minus(OLD);
        for (int each = 0; each < 6_000; each++) {
            unsent("a" + each, then.plusMillis(each));
        }
        world.pass(10_000);
        int looks = world.tasks.calls.count(Call.UNSENT);
        // When
        world.pass(60_000);
        int looksWhileFull = world.tasks.calls.count(Call.UNSENT) - looks;
        int held = world.core.health().backlog();
        world.brokerAway = false;
        world.pass(60_000);
        // Then
        assertThat(looksWhileFull).isZero();
        assertThat(held).isBetween(10_000, 10_000 + 2 * UnsentEvents.PAGE);
        assertThat(sent()).hasSize(6_000);
    }

    private void passWhileTheOtherLives(long seconds) {
        for (long passed = 0; passed < seconds; passed++) {
            world.incarnations.renew("tasks-2-a").subscribe().with(alive -> {});
            world.pass(1_000);
        }
    }

    /** The tasks whose end was published. */
    private List<String> sent() {
        return world.events.stream()
                .filter(event -> event.type() == TaskEvent.Type.CANCELLED)
                .map(TaskEvent::taskId)
                .distinct()
                .toList();
    }

    /** A task that is over, whose two events nobody has sent. */
    private void unsent(String name, Instant at) {
        TaskDocument waiting = Tasks.waiting("tsk_" + name, Tasks.spec("echo", "acme", at));
        TaskDocument over = Ends.cancel(waiting, Policy.DEFAULT, at).written("w-1", 0);
        world.tasks.documents.put(over.id(), over);
    }
}
