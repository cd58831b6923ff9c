package io.drawdown.tasks.upkeep;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.tasks.task.Counters;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Dead;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadWorkersTest {

    private final World world = new World();

    @Test
    void theTaskOfADeadWorkerRunsElsewhereWithinFifteenSeconds() {
        // Given
        TaskDocument task = ownedBy("dead-1", "a");
        // When
        world.pass(15_000);
        // Then
        assertThat(world.handlers.ids()).containsExactly(task.id());
        TaskDocument stored = world.tasks.one(task.id());
        assertThat(stored.counters().crashes()).isEqualTo(1);
        assertThat(stored.counters().retries()).isZero();
        assertThat(stored.runHistory().pastAttempts().getLast().failure())
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.CRASHED));
    }

    @Test
    void aWorkerThatRenewsKeepsItsTasks() {
        // Given
        TaskDocument task = ownedBy("alive-1", "a");
        // When
        for (int renewal = 0; renewal < 20; renewal++) {
            world.pass(3_000);
            world.incarnations.renew("alive-1").subscribe().with(done -> {});
        }
        // Then
        assertThat(world.handlers.started).isEmpty();
        assertThat(world.tasks.one(task.id()).isRun("alive-1", 1)).isTrue();
    }

    @Test
    void whoWasNotSureOfItsOwnLeaseWatchesTheOthersFromTheBeginning() {
        // Given: it has watched for ten seconds when it loses sight of the leases, its own among them
        TaskDocument task = ownedBy("other-1", "a");
        world.pass(10_000);
        world.incarnations.away = true;
        world.pass(9_000);
        assertThat(world.core.health().leased()).isFalse();
        world.incarnations.away = false;
        // When
        world.pass(11_000);
        // Then
        assertThat(world.core.health().leased()).isTrue();
        assertThat(world.tasks.one(task.id()).isRun("other-1", 1)).isTrue();
        world.pass(8_000);
        assertThat(world.handlers.ids()).containsExactly(task.id());
    }

    @Test
    void aWorkerThatEndedInOrderHasNotCrashed() {
        // Given
        TaskDocument task = ownedBy("gone-1", "a");
        world.incarnations.release("gone-1").subscribe().with(done -> {});
        // When
        world.pass(2_000);
        // Then
        assertThat(world.handlers.ids()).containsExactly(task.id());
        assertThat(world.tasks.one(task.id()).counters().crashes()).isZero();
    }

    @Test
    void aClaimThatLandsAfterItsWorkerWasFencedIsFound() {
        // Given
        ownedBy("dead-1", "a");
        world.pass(15_000);
        // When
        TaskDocument late = ownedBy("dead-1", "b");
        world.pass(2_000);
        // Then
        assertThat(world.handlers.ids()).contains(late.id());
    }

    @Test
    void aTaskThatKillsItsWorkersAloneIsDeadAfterTheThird() {
        // Given
        TaskDocument killer = crashedTwice("dead-1");
        // When
        world.pass(15_000);
        assertThat(world.tasks.one(killer.id()).isOver())
                .as("the verdict waits")
                .isFalse();
        world.pass(16_000);
        // Then
        assertThat(world.tasks.one(killer.id()).state())
                .isInstanceOfSatisfying(
                        Dead.class, end -> assertThat(end.failure().reason()).isEqualTo(Reason.CRASHED));
        assertThat(world.handlers.started).isEmpty();
    }

    @Test
    void aWorkerThatSurvivedIsNoCrash() {
        // Given
        TaskDocument suspect = crashedTwice("dead-1");
        world.pass(15_000);
        // When
        world.incarnations.survived("dead-1").subscribe().with(done -> {});
        world.pass(17_000);
        // Then
        assertThat(world.handlers.ids()).containsExactly(suspect.id());
        assertThat(world.tasks.one(suspect.id()).counters().crashes()).isEqualTo(Counters.SUSPECT);
    }

    @Test
    void aTaskWhoseWorkersWereCutOffAgainAndAgainIsNoSuspect() {
        // Given
        TaskDocument waiting = Tasks.waiting("tsk_innocent", world.spec("echo"));
        world.incarnations.incarnations.put(
                "cut-off-1",
                Incarnation.first("cut-off-1", "cut-off-1", world.now())
                        .asFenced()
                        .asSurvivor());
        put(Runs.claim(crash(waiting, "cut-off-1"), "cut-off-2", world.now()), "cut-off-2");
        // When
        world.pass(15_000);
        // Then
        assertThat(world.tasks.one("tsk_innocent").counters().crashes()).isEqualTo(1);
        assertThat(world.tasks.one("tsk_innocent").isSuspect()).isFalse();
        assertThat(world.handlers.ids()).containsExactly("tsk_innocent");
    }

    @Test
    void suspectsRunOneAtATime() {
        // Given
        for (int each = 0; each < 3; each++) {
            TaskDocument suspect = Tasks.waiting("tsk_suspect" + each, world.spec("echo"));
            TaskDocument twice = crash(crash(suspect, "dead-" + each), "dead-" + each);
            world.tasks.documents.put(twice.id(), twice);
        }
        // When
        world.pass(5_000);
        // Then
        assertThat(world.handlers.started).hasSize(1);
        TaskDocument innocent = world.send(world.spec("echo"));
        assertThat(world.handlers.last().task.id()).isEqualTo(innocent.id());
        world.handlers.started.getFirst().completes("{}");
        world.pass(1_500);
        assertThat(world.handlers.started).hasSize(3);
    }

    private TaskDocument crashedTwice(String worker) {
        TaskDocument suspect = Tasks.waiting("tsk_killer", world.spec("echo"));
        TaskDocument twice = crash(crash(suspect, "earlier-1"), "earlier-2");
        return put(Runs.claim(twice, worker, world.now()), worker);
    }

    private TaskDocument crash(TaskDocument task, String worker) {
        return Runs.crash(Runs.claim(task, worker, world.now()), World.TYPES.policyOf("echo"), world.now());
    }

    private TaskDocument ownedBy(String worker, String id) {
        TaskDocument waiting = Tasks.waiting("tsk_" + id, world.spec("echo"));
        return put(Runs.claim(waiting, worker, world.now()), worker);
    }

    private TaskDocument put(TaskDocument claimed, String worker) {
        world.tasks.documents.put(claimed.id(), claimed);
        world.incarnations.incarnations.putIfAbsent(worker, Incarnation.first(worker, worker, world.now()));
        return claimed;
    }
}
