package io.drawdown.tasks.upkeep;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.tasks.enqueue.Enqueued;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Terms;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Failed;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DueTasksTest {

    private final World world = new World();

    @Test
    void aTaskStartsWhenItIsDueAndNotBefore() {
        for (long millis : new long[] {150, 1_700, 2_500, 60_000}) {
            // Given
            int before = world.handlers.started.size();
            later(Duration.ofMillis(millis));
            // When
            world.pass(millis - 1);
            // Then
            assertThat(world.handlers.started).hasSize(before);
            world.pass(11);
            assertThat(world.handlers.started).hasSize(before + 1);
            world.handlers.last().completes("{}");
        }
    }

    @Test
    void oneOfTheLivingInstancesMovesADueTaskOnTimeAndTheOthersAMomentLater() {
        // Given: another instance lives, and does nothing
        world.incarnations.incarnations.put("zzz-1", Incarnation.first("zzz-1", "zzz-1", world.now()));
        world.pass(1_000);
        Members members = new Members();
        members.update("me", List.of("zzz-1"));
        String mine = "tsk_a";
        String others = members.isMine(mine) == members.isMine("tsk_b") ? "tsk_c" : "tsk_b";
        assertThat(members.isMine(mine)).isNotEqualTo(members.isMine(others));
        Instant dueAt = world.now().plusMillis(1_500);
        for (String id : List.of(mine, others)) {
            world.tasks.documents.put(id, Tasks.scheduled(id, dueAt));
        }
        // When
        world.pass(1_520);
        // Then
        assertThat(world.handlers.started).hasSize(1);
        world.pass(220);
        assertThat(world.handlers.started).hasSize(1);
        world.pass(20);
        assertThat(world.handlers.started).hasSize(2);
    }

    @Test
    void aTaskThatIsMadeDueStartsAtOnce() {
        // Given
        TaskDocument task = later(Duration.ofHours(1));
        // When
        world.now(world.core.control().runNow(task.id()));
        world.pass(10);
        // Then
        assertThat(world.handlers.last().task.id()).isEqualTo(task.id());
    }

    @Test
    void aTaskThatIsMovedToALaterTimeDoesNotStartAtItsOldOne() {
        // Given
        TaskDocument task = later(Duration.ofSeconds(1));
        Instant then = world.now().plusSeconds(30);
        // When
        world.now(world.core.control().move(task.id(), null, then));
        world.pass(29_000);
        // Then
        assertThat(world.handlers.started).isEmpty();
        world.pass(1_100);
        assertThat(world.handlers.started).hasSize(1);
    }

    @Test
    void aTaskThatWasNotStartedByItsDeadlineHasFailed() {
        // Given: no instance has the handler
        Spec spec = expiring("elsewhere", world.now().plusSeconds(5));
        TaskDocument task = world.send(spec);
        // When
        world.pass(7_000);
        // Then
        assertThat(world.tasks.one(task.id()).state())
                .isInstanceOfSatisfying(
                        Failed.class, end -> assertThat(end.failure().reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void aTaskThatWasStartedDoesNotExpire() {
        // Given
        TaskDocument task = world.send(expiring("echo", world.now().plusSeconds(1)));
        world.handlers.last().fails(Reason.TEMPORARY, "away");
        // When
        world.pass(31_000);
        world.handlers.last().completes("{}");
        world.pass(100);
        // Then
        assertThat(world.tasks.one(task.id()).state().name()).isEqualTo(Name.COMPLETED);
    }

    private Spec expiring(String type, Instant at) {
        Spec spec = world.spec(type);
        Terms terms = new Terms(null, null, null, null, null, null, at);
        return new Spec(type, "{}", spec.lane(), spec.tenant(), spec.sender(), null, terms);
    }

    @Test
    void aResultGoesAfterItsTimeAndTheRecordAfterItsOwn() {
        // Given
        Terms brief = new Terms(null, null, null, null, 60_000L, 180_000L, null);
        Spec spec = world.spec("echo");
        TaskDocument task = world.send(new Spec("echo", "{}", spec.lane(), spec.tenant(), spec.sender(), null, brief));
        world.handlers.last().completes("{\"a\":1}");
        // When
        world.pass(62_000);
        world.now(world.core.removeOld());
        // Then
        assertThat(world.tasks.one(task.id()).state())
                .isInstanceOfSatisfying(
                        Completed.class, end -> assertThat(end.result()).isNull());
        world.pass(120_000);
        world.now(world.core.removeOld());
        assertThat(world.tasks.documents).isEmpty();
    }

    private TaskDocument later(Duration delay) {
        Enqueued answer =
                world.answer(new NewTask(null, world.spec("echo"), world.now().plus(delay)));
        return ((Enqueued.Accepted) answer).task();
    }
}
