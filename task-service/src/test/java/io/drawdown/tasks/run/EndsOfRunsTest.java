package io.drawdown.tasks.run;

import io.drawdown.tasks.task.Counters;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the end of a run leaves in its task. */
class EndsOfRunsTest {

    private final World world = new World();

    @Test
    void theDelayThatAHandlerAsksForIsHonoured() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        // When
        world.handlers.last().failsFor(Duration.ofSeconds(45), "busy");
        world.pass(100);
        // Then
        assertThat(world.tasks.one(task.id()).state()).isInstanceOf(Scheduled.class);
        world.pass(44_500);
        assertThat(world.handlers.started).hasSize(1);
        world.pass(600);
        assertThat(world.handlers.started).hasSize(2);
    }

    @Test
    void aRunThatLostItsTaskChangesNothingAndIsCounted() {
        // Given
        TaskDocument task = world.send(world.spec("echo"));
        TaskDocument waiting = Tasks.waiting(task.id(), world.spec("echo"));
        TaskDocument ofAnother = Runs.claim(waiting, "another-1", world.now()).written("w-another", 0);
        world.tasks.documents.put(task.id(), ofAnother);
        // When
        world.handlers.last().completes("{\"late\":true}");
        world.pass(1_000);
        // Then
        assertThat(world.tasks.one(task.id())).isEqualTo(ofAnother);
        assertThat(world.counted.lost).isEqualTo(1);
        assertThat(world.counted.finished).isZero();
        assertThat(world.core.health().occupied()).isZero();
    }

    static Stream<Consumer<World>> orderlyEnds() {
        return Stream.of(
                world -> world.handlers.last().completes("{}"),
                world -> world.handlers.last().fails(Reason.TEMPORARY, "away"),
                world -> world.handlers.last().fails(Reason.PERMANENT, "broken"));
    }

    @ParameterizedTest
    @MethodSource("orderlyEnds")
    void anOrderlyEndForgetsTheCrashesBeforeIt(Consumer<World> end) {
        // Given
        TaskDocument waiting = Tasks.waiting("tsk_crashed", world.spec("echo"));
        TaskDocument crashed =
                Runs.crash(Runs.claim(waiting, "dead-1", world.now()), World.TYPES.policyOf("echo"), world.now());
        world.tasks.documents.put(crashed.id(), crashed);
        world.pass(1_500);
        assertThat(world.tasks.one("tsk_crashed").counters().crashes()).isEqualTo(1);
        // When
        end.accept(world);
        world.pass(100);
        // Then
        Counters counters = world.tasks.one("tsk_crashed").counters();
        assertThat(counters.crashes()).isZero();
        assertThat(counters.runs()).isEqualTo(2);
    }
}
