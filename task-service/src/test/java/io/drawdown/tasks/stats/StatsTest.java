package io.drawdown.tasks.stats;

import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.InstanceCounters.Load;
import io.drawdown.tasks.store.InstanceCounters.StateTally;
import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Terms;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryCounters;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import io.drawdown.tasks.testing.PlayedHandlers.Played;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatsTest {

    private static final int STEPS = 400;
    private static final List<Lane> LANES = List.of(Lane.values());
    private static final long RECOUNT_MILLIS = Recounting.INTERVAL.toMillis() + 10_000;

    private final World world = new World();
    private final TasksCore second = world.another("tasks-2");
    private final Random random = new Random(42);

    @Test
    void theSumsOfTwoCoresAreWhatTheStoreHas() {
        // Given
        // When
        for (int step = 0; step < STEPS; step++) {
            step(step % 2 == 0 ? world.core : second);
            world.pass(random.nextInt(200));
        }
        world.pass(4_000);
        // Then
        Depths counted = world.now(world.core.stats().read());
        assertThat(counted.states()).isNotEmpty().isEqualTo(inStore().states(false));
        assertThat(counted.tenants()).isEqualTo(inStore().tenants(false));
        assertThat(world.now(second.stats().read()).states()).isEqualTo(counted.states());
        assertThat(counted.members().instances()).isEqualTo(2);
        assertThat(counted.members().slots()).isEqualTo(12);
        assertThat(counted.members().running()).isEqualTo((int) counted.in(TaskState.Name.PROCESSING));
    }

    @Test
    void whateverAnswersWereLostTheSumsAreRightAfterTheNextRecount() {
        // Given
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(10) == 0) {
                world.tasks.calls.failNext(
                        Call.REPLACE_ALL, random.nextBoolean() ? Fault.ANSWER_LOST : Fault.REQUEST_LOST);
            }
            step(step % 2 == 0 ? world.core : second);
            world.pass(random.nextInt(200));
        }
        // When
        world.pass(2 * RECOUNT_MILLIS);
        // Then
        Depths counted = world.now(world.core.stats().read());
        assertThat(counted.states()).isNotEmpty().isEqualTo(inStore().states(false));
        assertThat(counted.tenants()).isEqualTo(inStore().tenants(false));
    }

    @Test
    void whatWasRemovedCountsNoMore() {
        // Given
        Terms terms = new Terms(null, null, null, null, 0L, 1_000L, null);
        Spec usual = world.spec("echo");
        world.send(new Spec(usual.type(), "{}", Lane.LOW, "acme", usual.sender(), null, terms));
        world.handlers.last().completes("{}");
        world.pass(3_000);
        assertThat(world.now(world.core.stats().read()).in(TaskState.Name.COMPLETED))
                .isEqualTo(1);
        // When
        world.now(second.removeOld());
        world.pass(4_000);
        // Then
        assertThat(world.tasks.documents).isEmpty();
        assertThat(world.now(world.core.stats().read()).states()).isEmpty();
    }

    @Test
    void aReadAsksForNoTask() {
        // Given
        world.send(world.spec("elsewhere"));
        world.pass(5_000);
        int before = calls();
        // When
        Depths depths = world.now(world.core.stats().read());
        // Then
        assertThat(calls()).isEqualTo(before);
        assertThat(depths.of("elsewhere", Lane.NORMAL, TaskState.Name.PENDING)).isEqualTo(1);
    }

    private int calls() {
        int calls = 0;
        for (Call each : Call.values()) {
            calls += world.tasks.calls.count(each);
        }
        return calls;
    }

    @Test
    void aRecountMendsWhatACrashOrALostAnswerLeftUncounted() {
        // Given
        world.pass(15_000);
        Instant first = correctedAt();
        world.tasks.documents.put("tsk_missed", Tasks.waiting("tsk_missed", world.spec("elsewhere")));
        assertThat(world.now(world.core.stats().read()).states()).isEmpty();
        // When
        world.pass(RECOUNT_MILLIS);
        // Then
        Depths depths = world.now(second.stats().read());
        assertThat(depths.states())
                .containsExactly(new StateCount("elsewhere", Lane.NORMAL, TaskState.Name.PENDING, 1));
        assertThat(correctedAt()).isAfter(first);
    }

    @Test
    void theSumsOfAProcessThatDiedStayWhenItsCountersGo() {
        // Given
        world.counters.documents.put("dead", died("dead", world.now(), 5));
        Depths before = world.now(world.core.stats().read());
        assertThat(before.in(TaskState.Name.COMPLETED)).isEqualTo(5);
        for (int each = 0; each < 5; each++) {
            String id = "tsk_" + each;
            world.tasks.documents.put(id, completed(id));
        }
        // When
        world.pass(2 * RECOUNT_MILLIS);
        // Then
        assertThat(world.counters.documents).doesNotContainKey("dead");
        assertThat(world.now(world.core.stats().read()).in(TaskState.Name.COMPLETED))
                .isEqualTo(5);
        assertThat(world.now(world.core.stats().read()).members().instances()).isEqualTo(2);
    }

    @Test
    void oneInstanceRecountsAndOnlyWhenItIsTime() {
        // When
        world.pass(30_000);
        int first = world.tasks.calls.count(Call.COUNTED);
        world.pass(RECOUNT_MILLIS);
        // Then
        assertThat(first).isEqualTo(1);
        assertThat(world.tasks.calls.count(Call.COUNTED)).isEqualTo(2);
    }

    @Test
    void aRecountWhileTasksChangedIsFollowedByAnotherOneSoon() {
        // Given
        world.pass(15_000);
        Instant first = correctedAt();
        world.pass(
                Duration.between(world.now(), world.counters.recounted.nextAt()).toMillis());
        // When
        for (int each = 0; each < 200; each++) {
            world.send(world.spec("echo"));
            world.handlers.last().completes("{}");
            world.pass(100);
        }
        Instant whileBusy = Objects.requireNonNull(correctedAt());
        world.pass(90_000);
        // Then
        assertThat(whileBusy).isAfter(first);
        assertThat(correctedAt()).isAfter(whileBusy).isBefore(whileBusy.plusSeconds(90));
        assertThat(world.now(world.core.stats().read()).states())
                .isEqualTo(inStore().states(false));
    }

    @Test
    void aRecountThatFailedIsTriedAgain() {
        // Given
        world.pass(15_000);
        Instant first = correctedAt();
        world.tasks.calls.failNext(Call.COUNTED, Fault.UNAVAILABLE, Fault.UNAVAILABLE);
        // When
        world.pass(RECOUNT_MILLIS + 150_000);
        // Then
        assertThat(correctedAt()).isAfter(first);
    }

    @Test
    void countersThatWereNotStoredAreStoredWithTheNextRenewal() {
        // Given
        world.counters.calls.failNext(MemoryCounters.Call.PUBLISH, Fault.ANSWER_LOST, Fault.UNAVAILABLE);
        world.send(world.spec("elsewhere"));
        // When
        world.pass(10_000);
        // Then
        assertThat(world.now(second.stats().read()).in(TaskState.Name.PENDING)).isEqualTo(1);
    }

    @Test
    void oldestWaitingIsThatOfAllLanesAndTenants() {
        // Given
        Instant begun = world.now();
        world.send(world.spec("elsewhere"));
        world.pass(1_000);
        world.send(Tasks.spec("elsewhere", "another", world.now()));
        // When
        world.pass(4_000);
        // Then
        assertThat(world.core.stats().oldestOf("elsewhere")).isEqualTo(begun);
        assertThat(world.core.stats().oldestOf("echo")).isNull();
    }

    private Instant correctedAt() {
        return Objects.requireNonNull(world.now(world.core.stats().read()).correctedAt());
    }

    private void step(TasksCore core) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> world.now(core.enqueue(new NewTask(null, spec(), runAt())));
            case 3, 4 -> anyRun(run -> run.completes("{}"));
            case 5 -> anyRun(run -> run.fails(random.nextBoolean() ? Reason.TEMPORARY : Reason.PERMANENT, "no"));
            case 6 -> world.now(core.control().cancel(anyId()));
            default -> world.now(core.control().replay(anyId()));
        }
    }

    private Spec spec() {
        String type = List.of("echo", "mail", "elsewhere").get(random.nextInt(3));
        Spec small = Tasks.spec(type, "tenant-" + random.nextInt(5), world.now());
        Lane lane = LANES.get(random.nextInt(LANES.size()));
        return new Spec(type, "{}", lane, small.tenant(), small.sender(), null, null);
    }

    private @Nullable Instant runAt() {
        return random.nextInt(4) == 0 ? world.now().plusMillis(500) : null;
    }

    private void anyRun(Consumer<Played> what) {
        if (!world.handlers.started.isEmpty()) {
            what.accept(world.handlers.started.get(random.nextInt(world.handlers.started.size())));
        }
    }

    private String anyId() {
        List<String> ids = new ArrayList<>(world.tasks.documents.keySet());
        return ids.isEmpty() ? "tsk_none" : ids.get(random.nextInt(ids.size()));
    }

    private Sums inStore() {
        Sums sums = new Sums();
        world.tasks.documents.values().stream().map(Standing::of).forEach(sums::add);
        return sums;
    }

    private TaskDocument completed(String id) {
        TaskDocument claimed = Runs.claim(Tasks.waiting(id), "dead", world.now());
        TaskDocument over = Runs.complete(claimed, "{}", Policy.DEFAULT, world.now());
        return over.written("w-2", over.outbox().seq());
    }

    private static InstanceCounters died(String id, Instant at, long completed) {
        return new InstanceCounters(
                id,
                9,
                at,
                new Load(1, 8),
                List.of(new StateTally("echo", Lane.NORMAL, TaskState.Name.COMPLETED, completed, 0)),
                List.of(new TenantTally("acme", 0, 0, 0)),
                List.of(),
                null);
    }
}
